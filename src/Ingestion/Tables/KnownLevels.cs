using System.Text;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>A model's categorical feature: codes of its levels, and which texts of a table are none of them.</summary>
sealed class KnownLevels(Feature feature)
{
    /// <summary>Unknown texts that are told apart; beyond it there is only "or more".</summary>
    public const int MostUnknown = 10_000;

    readonly TextCodes _codes = Coded(feature.Levels);
    readonly TextCodes _unknown = new();

    public string Name => feature.Name;

    /// <summary>Different texts that the model does not know.</summary>
    public int Unknown => _unknown.Count;

    /// <summary>The level's code, NaN when it is missing or not known.</summary>
    public float CodeOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return float.NaN;
        var code = _codes.Find(utf8);
        if (code >= 0)
            return code;
        if (_unknown.Count < MostUnknown)
            _unknown.Add(utf8);
        return float.NaN;
    }

    /// <summary>A sink that fills some rows' codes.</summary>
    public CellSink Into(float[] values) => new Codes(this, values);

    static TextCodes Coded(IReadOnlyList<string> levels)
    {
        var codes = new TextCodes();
        foreach (var level in levels)
            codes.Add(Encoding.UTF8.GetBytes(level));
        return codes;
    }

    sealed class Codes(KnownLevels levels, float[] values) : CellSink
    {
        public override bool WantsText => true;

        public override void Text(ReadOnlySpan<byte> utf8) => values[Next++] = levels.CodeOf(utf8);
    }
}
