using System.CommandLine;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads explain CONTACT</c>: why this likelihood, this stage, this municipality.</summary>
static class ExplainCommand
{
    static readonly Argument<string> Contact = new("CONTACT") { Description = "The contact's id in the register" };

    internal static Command Build() =>
        Invocation.Command(
            "explain",
            "Say of one contact: stage, likelihood, reasons, history, in plain words",
            invocation =>
            {
                var night = Night.Open(invocation);
                if (invocation.Asked.GetValue(RunCommands.AsOfOption) is null)
                    night = night.AsOfLatestScores();
                using var store = LeadStore.Open(night.Home.Path);
                var contact = new ContactId(invocation.Asked.GetRequiredValue(Contact));
                var language = Languages.Asked(invocation);
                var explanation = ExplainContact.Run(night, store, contact, language);
                invocation.Answer(
                    explanation,
                    output =>
                    {
                        foreach (var line in new ExplanationText(explanation, language).Lines())
                            output.WriteLine(line);
                    }
                );
                return ExitCode.Done;
            },
            Contact,
            Languages.Option,
            RunCommands.AsOfOption
        );
}
