using System.Globalization;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Ingestion.Features;

/// <summary>Where the kernel counts: one slot a (dimension, value), all dimensions in one flat array.</summary>
/// <remarks>
/// <code>
/// 0        1 .. kinds          ..channels     ..themes       ..municipalities   Total-1
/// all      none|kind 1|2|...   none|1|2|...   none|1|2|...   none|2505|...      absent
/// </code>
/// Each dimension's first slot takes the traces without a value (or with a code that is no value), so that counting
/// needs no branch. Nothing is ever counted in the last slot: it answers for words that the lake does not know.
/// </remarks>
sealed class SlotTable
{
    const int Codes = ushort.MaxValue + 1;

    readonly Dictionary<string, int>[] _slots = new Dictionary<string, int>[(int)Dimension.Municipality + 1];
    readonly (int First, int Count)[] _ranges = new (int, int)[(int)Dimension.Municipality + 1];

    public SlotTable(IReadOnlyList<string> kinds, IReadOnlyList<string> channels, IReadOnlyList<string> themes)
    {
        Total = 1;
        Lay(Dimension.Kind, KindCodes, kinds);
        Lay(Dimension.Channel, ChannelCodes, channels);
        Lay(Dimension.Theme, ThemeCodes, themes);
        Begin(Dimension.Municipality, MunicipalityCodes);
        foreach (var municipality in Municipality.All)
            Add(
                Dimension.Municipality,
                MunicipalityCodes + municipality.Code,
                municipality.Code.ToString(CultureInfo.InvariantCulture)
            );
        Absent = Total++;
    }

    /// <summary>The slot of all traces.</summary>
    public const int Whole = 0;

    public int Total { get; private set; }

    /// <summary>The slot that stays empty.</summary>
    public int Absent { get; }

    /// <summary>Slot by code, for every code there can be, behind where the dimension's codes begin.</summary>
    public ushort[] OfCodes { get; } = new ushort[4 * Codes];

    /// <summary>Where a dimension's codes begin in <see cref="OfCodes"/>.</summary>
    public const int KindCodes = 0;
    public const int ChannelCodes = Codes;
    public const int ThemeCodes = 2 * Codes;
    public const int MunicipalityCodes = 3 * Codes;

    /// <summary>The slot of a dimension's value.</summary>
    public int Of(Dimension dimension, string value) =>
        dimension == Dimension.None ? Whole : _slots[(int)dimension].GetValueOrDefault(value, Absent);

    /// <summary>A dimension's slots: the first is that of traces without a value.</summary>
    public (int First, int Count) Range(Dimension dimension) => _ranges[(int)dimension];

    // a code is a word's place in the list; the first is no word
    void Lay(Dimension dimension, int codes, IReadOnlyList<string> words)
    {
        Begin(dimension, codes);
        for (var code = 1; code < words.Count; code++)
        {
            if (words[code].Length > 0)
                Add(dimension, codes + code, words[code]);
        }
    }

    void Begin(Dimension dimension, int codes)
    {
        OfCodes.AsSpan(codes, Codes).Fill((ushort)Total);
        _slots[(int)dimension] = new Dictionary<string, int>(StringComparer.Ordinal);
        _ranges[(int)dimension] = (Total++, 1);
    }

    void Add(Dimension dimension, int code, string word)
    {
        OfCodes[code] = (ushort)Total;
        _slots[(int)dimension][word] = Total++;
        _ranges[(int)dimension].Count++;
    }
}
