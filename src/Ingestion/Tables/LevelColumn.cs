using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Fills a categorical feature whose levels are not known before: codes as they come, in ordinal order at the end.</summary>
/// <remarks>
/// Texts are levels when they come back: up to <see cref="FewLevels"/> different ones always, more when each stands in
/// two rows on average, and never more than <see cref="MostLevels"/>. Others are ids or free text. The trainer puts
/// levels of few rows together, so a long tail of rare ones does no harm. Of a level only the empty text is missing:
/// NA may be a country.
/// </remarks>
sealed class LevelColumn(string name, int rows) : CellSink
{
    public const int FewLevels = 20;
    public const int MostLevels = 50_000;

    readonly TextCodes _levels = new();
    float[]? _values = new float[rows];
    int _filled;

    public string Name { get; } = name;

    public override bool WantsText => true;

    /// <summary>How many different texts there are, one more than <see cref="MostLevels"/> for any more.</summary>
    public int Different => _levels.Count;

    /// <summary>Whether its texts are levels.</summary>
    public bool IsCategory => _values is not null && (Different <= FewLevels || Different <= _filled / 2);

    /// <summary>One text stands in every row.</summary>
    public bool IsConstant => Different == 1 && _filled == rows;

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (_values is null)
            return;
        if (utf8.IsEmpty)
        {
            _values[Next++] = float.NaN;
            return;
        }
        _filled++;
        _values[Next++] = _levels.Add(utf8);
        if (_levels.Count > MostLevels)
            _values = null;
    }

    /// <summary>The feature with its levels in ordinal order, and their codes.</summary>
    public (Feature Feature, float[] Values) Finish()
    {
        var values = _values ?? throw new InvalidOperationException($"'{Name}' is no category.");
        string[] levels = [.. _levels.Texts.Order(StringComparer.Ordinal)];
        var places = levels
            .Select((level, place) => (level, place))
            .ToDictionary(l => l.level, l => l.place, StringComparer.Ordinal);
        float[] moved = [.. _levels.Texts.Select(level => (float)places[level])];
        for (var row = 0; row < values.Length; row++)
        {
            if (!float.IsNaN(values[row]))
                values[row] = moved[(int)values[row]];
        }
        return (Feature.Categorical(Name, levels), values);
    }
}
