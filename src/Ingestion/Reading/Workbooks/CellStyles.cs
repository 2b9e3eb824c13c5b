using System.Globalization;
using System.Xml;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>Which of a workbook's styles show a number as a date or a time of a day.</summary>
/// <remarks>A sheet keeps a date as a number of days; only the style of its cell says that it is one.</remarks>
sealed class CellStyles
{
    readonly List<bool> _isTime = [];

    public bool IsTime(int style) => style >= 0 && style < _isTime.Count && _isTime[style];

    /// <param name="xml">The part; null when there is none.</param>
    public static CellStyles Read(XmlReader? xml)
    {
        var (styles, own, isInCells) = (new CellStyles(), new Dictionary<int, bool>(), false);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName is "cellXfs")
                isInCells = false;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName is "numFmt")
                own[Number(xml.GetAttribute("numFmtId"))] = IsTimeCode(xml.GetAttribute("formatCode") ?? "");
            else if (xml.LocalName is "cellXfs")
                isInCells = !xml.IsEmptyElement;
            else if (xml.LocalName is "xf" && isInCells)
                styles._isTime.Add(IsTimeFormat(Number(xml.GetAttribute("numFmtId")), own));
        }
        return styles;
    }

    static bool IsTimeFormat(int format, Dictionary<int, bool> own) =>
        own.TryGetValue(format, out var isTime)
            ? isTime
            // The formats that every program has built in: dates, times, and the East Asian ones.
            : format is >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58;

    /// <summary>Whether a format has a sign for year, month, day, hour or second outside quotes, escapes and brackets.</summary>
    /// <remarks>A bracket such as <c>[h]</c> counts hours beyond a day: that is a length of time and stays a number.</remarks>
    public static bool IsTimeCode(string code)
    {
        var isTime = false;
        for (var at = 0; at < code.Length && code[at] != ';'; at++)
        {
            switch (code[at])
            {
                case '"':
                    at = code.IndexOf('"', at + 1) is > 0 and var close ? close : code.Length;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case '[':
                    var end = code.IndexOf(']', at);
                    if (end < 0)
                        return isTime;
                    if (code[(at + 1)..end].Trim('h', 'H', 'm', 'M', 's', 'S').Length == 0)
                        return false;
                    at = end;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    isTime = true;
                    break;
                case 'G' or 'g' when code[at..].StartsWith("general", StringComparison.OrdinalIgnoreCase):
                    at += "general".Length - 1;
                    break;
            }
        }
        return isTime;
    }

    static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
