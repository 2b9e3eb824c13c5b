using System.Text.RegularExpressions;

namespace LeadScoring.Worker.Exports;

/// <summary>Keeps a spreadsheet from taking text of a stranger for a formula.</summary>
/// <remarks>
/// After OWASP, "CSV Injection". CsvHelper escapes a cell that begins with a formula; what it does not see: spaces or
/// quotes before it, full-width signs, and Excel in Swedish, which splits these comma-separated lines at semicolons and
/// line breaks, quotes or not, so that a formula within a text would come to stand first in a cell.
/// </remarks>
static partial class CellGuard
{
    const int Timeout = 1000;

    /// <summary>The text on one line, with an apostrophe before whatever could be read as a formula.</summary>
    public static string Guard(string text) => Formula().Replace(Breaks().Replace(text, Break), "'");

    static string Break(Match match) => match.Index == 0 ? "'" : " ";

    /// <summary>Tabs and line breaks, which separate cells and lines.</summary>
    [GeneratedRegex(@"[\t\r\n\v\f\u0085\u2028\u2029]+", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Breaks();

    /// <summary>The place before a formula's first sign, at the start or after a semicolon, with spaces and quotes between.</summary>
    [GeneratedRegex("""(?<=(^|;)[\s"]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])""", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Formula();
}
