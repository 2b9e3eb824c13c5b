using System.CommandLine.Parsing;
using System.Globalization;

namespace LeadScoring.Worker.Cli;

/// <summary>Days on the command line: yyyy-mm-dd and nothing else, whatever the machine's culture.</summary>
static class Days
{
    internal static DateOnly? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError($"'{text}' is no day; expected yyyy-mm-dd, for example 2026-05-01.");
        return null;
    }
}
