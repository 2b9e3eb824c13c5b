using System.Globalization;
using System.Text;
using System.Xml;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>The texts that cells refer to by number, kept as UTF-8 one behind the other.</summary>
sealed class SharedStrings
{
    const int MostBytes = 512 << 20;

    readonly List<int> _ends = [];
    byte[] _texts = [];

    public int Count => _ends.Count;

    public string this[int at] =>
        Encoding.UTF8.GetString(_texts, at == 0 ? 0 : _ends[at - 1], _ends[at] - (at == 0 ? 0 : _ends[at - 1]));

    /// <param name="xml">The part; null when there is none.</param>
    /// <exception cref="IngestionException">There are more texts than fit in memory.</exception>
    public static SharedStrings Read(XmlReader? xml, CancellationToken cancellation)
    {
        var strings = new SharedStrings();
        while (xml?.Read() == true)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                strings.Add(CellText(xml));
                if ((strings.Count & 0xFFF) == 0)
                    cancellation.ThrowIfCancellationRequested();
            }
        }
        return strings;
    }

    /// <summary>The text of an element with <c>t</c> in it, in runs or not; phonetic marks are left out.</summary>
    public static string CellText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var (text, depth, isText, phonetic) = (new StringBuilder(), xml.Depth, false, -1);
        while (xml.Read() && xml.Depth > depth)
        {
            if (phonetic >= 0 && xml.Depth > phonetic)
                continue;
            phonetic = -1;
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "rPh" && !xml.IsEmptyElement)
                phonetic = xml.Depth;
            else if (xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                isText = xml is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false };
            else if (isText)
                text.Append(xml.Value);
        }
        return Unescape(text.ToString());
    }

    /// <summary>Signs that XML cannot hold are written as <c>_x000D_</c>, and such a text itself with <c>_x005F_</c> before it.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (
                at + 6 < text.Length
                && text[at] == '_'
                && text[at + 1] == 'x'
                && text[at + 6] == '_'
                && ushort.TryParse(
                    text.AsSpan(at + 2, 4),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
            )
            {
                plain.Append((char)code);
                at += 6;
            }
            else
                plain.Append(text[at]);
        }
        return plain.ToString();
    }

    void Add(string text)
    {
        var start = _ends.Count == 0 ? 0 : _ends[^1];
        var needed = start + (long)Encoding.UTF8.GetByteCount(text);
        if (needed > MostBytes)
            throw new IngestionException(
                $"the workbook has more than {MostBytes >> 20} MiB of texts. Export as CSV, which may be of any size."
            );
        if (needed > _texts.Length)
            Array.Resize(ref _texts, (int)Math.Max(needed, Math.Min(MostBytes, Math.Max(4096, _texts.Length * 2L))));
        Encoding.UTF8.GetBytes(text, _texts.AsSpan(start));
        _ends.Add((int)needed);
    }
}
