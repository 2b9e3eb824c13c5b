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

    readonly Dictionary<(Dimension, string), int> _slots = [];
    readonly Dictionary<Dimension, (int First, int Count)> _ranges = [];

    public SlotTable(IReadOnlyList<string> kinds, IReadOnlyList<string> channels, IReadOnlyList<string> themes)
    {
        Total = 1;
        Lay(Dimension.Kind, KindCodes, Coded(kinds));
        Lay(Dimension.Channel, ChannelCodes, Coded(channels));
        Lay(Dimension.Theme, ThemeCodes, Coded(themes));
        Lay(
            Dimension.Municipality,
            MunicipalityCodes,
            Municipality.All.Select(m => (m.Code, m.Code.ToString(CultureInfo.InvariantCulture)))
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
        dimension == Dimension.None ? Whole : _slots.GetValueOrDefault((dimension, value), Absent);

    /// <summary>A dimension's slots: the first is that of traces without a value.</summary>
    public (int First, int Count) Range(Dimension dimension) => _ranges[dimension];

    static IEnumerable<(int Code, string Word)> Coded(IReadOnlyList<string> words) =>
        words.Select((word, code) => (code, word)).Where(w => w.code > 0 && w.word.Length > 0);

    void Lay(Dimension dimension, int codes, IEnumerable<(int Code, string Word)> values)
    {
        var first = Total++;
        OfCodes.AsSpan(codes, Codes).Fill((ushort)first);
        foreach (var (code, word) in values)
        {
            OfCodes[codes + code] = (ushort)Total;
            _slots[(dimension, word)] = Total++;
        }
        _ranges[dimension] = (first, Total - first);
    }
}
