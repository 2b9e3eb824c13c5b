using System.CommandLine;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Worker.Cli;

/// <summary>The languages that reasons can be asked for in.</summary>
static class Languages
{
    internal static Option<string> Option { get; } = Build();

    /// <summary>The language that was asked for, English when none was.</summary>
    internal static ReasonLanguage Asked(Invocation invocation) =>
        string.Equals(invocation.Asked.GetValue(Option), "sv", StringComparison.Ordinal)
            ? ReasonLanguage.Swedish
            : ReasonLanguage.English;

    static Option<string> Build()
    {
        var option = new Option<string>("--language")
        {
            Description = "What reasons are told in: sv or en",
            HelpName = "sv|en",
            DefaultValueFactory = _ => "en",
        };
        option.AcceptOnlyFromAmong("sv", "en");
        return option;
    }
}
