using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LeadScoring.Worker.Cli;

/// <summary><c>--wait SECONDS</c> of the commands that write the lake.</summary>
/// <remarks>By default nothing waits: a run that waits looks like one that hangs, and the message says what to do.</remarks>
static class Waits
{
    const int LongestSeconds = 86_400;

    internal static Option<TimeSpan> Option { get; } =
        new("--wait")
        {
            Description = "Seconds to wait while another ingest writes the lake (default: 0, say at once which one)",
            HelpName = "SECONDS",
            CustomParser = Parse,
        };

    internal static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= LongestSeconds
        )
            return TimeSpan.FromSeconds(seconds);
        result.AddError($"'{text}' is no time to wait; expected whole seconds from 0 to {LongestSeconds}.");
        return default;
    }
}
