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
                var explanation = ExplainContact.Run(night, store, contact, Languages.Asked(invocation));
                invocation.Answer(explanation, output => Tell(explanation, output));
                return ExitCode.Done;
            },
            Contact,
            Languages.Option,
            RunCommands.AsOfOption
        );

    static void Tell(Explanation of, TextWriter output)
    {
        output.WriteLine(Words.Text($"Contact {of.Contact}, as of {of.AsOf:yyyy-MM-dd}"));
        if (!of.Standing.MayScore)
            output.WriteLine("  Not scored: there is no standing consent to profiling.");
        else if (of.Score is not { } score)
            output.WriteLine("  Not scored: has relocated already.");
        else
        {
            output.WriteLine(
                Words.Text(
                    $"  Likelihood to relocate {score.Likelihood:0.0%} (90 % interval {score.Low:0.0%} to {score.High:0.0%}), grade {score.Grade}, rank {score.Rank:N0}; {of.BaseRate:0.0%} of all do"
                )
            );
            foreach (var reason in of.Reasons)
                output.WriteLine($"    {reason}");
        }
        if (of.Position is { } position)
            output.WriteLine(
                Words.Text(
                    $"  Stage {position.Stage} since {position.Since:yyyy-MM-dd} ({position.Cause}), municipality {Name(position.Municipality)}, runner-up {Name(position.RunnerUp)}"
                )
            );
        if (of.Fit is { } fit)
            output.WriteLine($"  Best fit {Name(fit.Best)}: {fit.Why}");
        output.WriteLine(
            of.Standing.MayShare ? "  May be shown to a municipality." : "  May not be shown to a municipality."
        );
        foreach (var change in of.History)
            output.WriteLine(
                Words.Text(
                    $"  {change.Since:yyyy-MM-dd}  {change.From?.ToString() ?? "new"} -> {change.To}: {change.Cause}"
                )
            );
        foreach (var next in of.FollowUps)
            output.WriteLine(
                Words.Text(
                    $"  {next.FollowUp.DueAt:yyyy-MM-dd HH:mm}Z  {next.FollowUp.Kind} by {Name(next.FollowUp.Municipality)}: {next.State}"
                )
            );
    }

    static string Name(int municipality) => Municipality.Find(municipality)?.Name ?? "none";
}
