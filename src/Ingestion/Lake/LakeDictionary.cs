using System.Diagnostics.CodeAnalysis;

namespace LeadScoring.Ingestion;

/// <summary>The words behind the small integer codes of traces: the code is the index, code 0 is "" and means none.</summary>
/// <remarks>Codes are only ever added, so a code means the same in every file of a lake.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a dictionary in the word's own sense.")]
public sealed record LakeDictionary(
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Channels,
    IReadOnlyList<string> Themes,
    IReadOnlyList<string> Sources
)
{
    public static LakeDictionary Empty { get; } = new([""], [""], [""], [""]);

    /// <summary>The code of a trace kind, or null when the lake has never seen it.</summary>
    public ushort? KindCode(string kind) => CodeIn(Kinds, kind);

    /// <summary>The code of a channel, or null when the lake has never seen it.</summary>
    public ushort? ChannelCode(string channel) => CodeIn(Channels, channel);

    /// <summary>The code of a theme, or null when the lake has never seen it.</summary>
    public ushort? ThemeCode(string theme) => CodeIn(Themes, theme);

    /// <summary>The code of a source, or null when the lake has never seen it.</summary>
    public ushort? SourceCode(string source) => CodeIn(Sources, source);

    /// <summary>The dictionary with words it does not hold yet behind those it does, in ordinal order.</summary>
    public LakeDictionary With(
        IEnumerable<string> kinds,
        IEnumerable<string> channels,
        IEnumerable<string> themes,
        IEnumerable<string> sources
    ) => new(Extend(Kinds, kinds), Extend(Channels, channels), Extend(Themes, themes), Extend(Sources, sources));

    static ushort? CodeIn(IReadOnlyList<string> words, string word)
    {
        for (var code = 0; code < words.Count; code++)
        {
            if (string.Equals(words[code], word, StringComparison.Ordinal))
                return (ushort)code;
        }
        return null;
    }

    static List<string> Extend(IReadOnlyList<string> known, IEnumerable<string> found)
    {
        var all = known.ToList();
        all.AddRange(found.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (all.Count > ushort.MaxValue)
        {
            throw new IngestionException(
                $"{all.Count} different words in one dictionary, expected at most {ushort.MaxValue}. "
                    + "Does a source write free text or addresses into kind, channel or theme?"
            );
        }
        return all;
    }
}
