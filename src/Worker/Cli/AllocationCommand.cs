using System.CommandLine;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads allocation</c>: who would be offered to whom, and why.</summary>
static class AllocationCommand
{
    static readonly Option<string?> Why = new("--why")
    {
        Description = "Say of this one contact why it is offered to its municipality, or to nobody",
        HelpName = "CONTACT",
    };

    internal static Command Build() =>
        Invocation.Command(
            "allocation",
            "Show how tonight's places are given out, and what one more would be worth; changes nothing",
            invocation =>
            {
                var night = Night.Open(invocation);
                if (invocation.Asked.GetValue(RunCommands.AsOfOption) is null)
                    night = night.AsOfLatestScores();
                var contacts = new ContactNumbers();
                var scores = ScoreFile.ReadBare(night.Home.Path, night.AsOf.Day, contacts, invocation.Cancellation);
                using var store = LeadStore.Open(night.Home.Path);
                var facts = night.Facts(store: null, contacts);
                var allocation = AllocateTonight.Run(night, store, facts, scores);
                if (invocation.Asked.GetValue(Why) is { } contact)
                    Explain(invocation, store, facts, scores, allocation, new(contact));
                else
                    Tell(invocation, night, scores, allocation.Result);
                return ExitCode.Done;
            },
            Why,
            RunCommands.AsOfOption
        );

    static void Tell(Invocation invocation, Night night, ScoreRun scores, LeadAllocation result) =>
        invocation.Answer(
            new
            {
                Home = night.Home.Path,
                scores.AsOf,
                Model = scores.ModelId,
                result.ExpectedMovers,
                Municipalities = result.ByMunicipality,
                result.Offers,
            },
            output =>
            {
                output.WriteLine(
                    Words.Text(
                        $"As of {scores.AsOf:yyyy-MM-dd}: {result.Offers.Count:N0} offers, {result.ExpectedMovers:0.000} expected movers"
                    )
                );
                output.WriteLine(
                    "  municipality  capacity  floor  used  filled  by lot  expected movers  one more place adds"
                );
                foreach (var row in result.ByMunicipality)
                    output.WriteLine(
                        Words.Text(
                            $"  {Name(row.Municipality), -12}  {row.Capacity, 8}  {row.Floor, 5}  {row.Used, 4}  {row.Filled, 6}  {row.Explored, 6}  {row.ExpectedMovers, 15:0.0000}  {row.SlotPrice, 19:0.0000}"
                        )
                    );
            }
        );

    /// <exception cref="WorkerException">Neither lake nor store knows the contact.</exception>
    static void Explain(
        Invocation invocation,
        LeadStore store,
        NightFacts facts,
        ScoreRun scores,
        PlanWeek allocation,
        ContactId contact
    )
    {
        if (!facts.Standings.ContainsKey(contact) && store.PositionOf(contact) is null)
        {
            throw new WorkerException(
                $"Contact {contact} is not known to this home. Contacts are named by their id in the register; "
                    + "see the column contact of a list."
            );
        }
        var reason = allocation.Why(contact);
        var obstacle = AllocateTonight.Obstacle(facts, store.Positions(), contact);
        List<string> words = [.. AllocationText.Lines(reason, obstacle)];
        invocation.Answer(
            new
            {
                Contact = contact.Value,
                scores.AsOf,
                reason.Cause,
                Municipality = reason.Municipality == 0 ? (int?)null : reason.Municipality,
                StoodFor = reason.StoodFor?.Value,
                reason.Chosen,
                reason.RunnerUp,
                Obstacle = obstacle,
                Words = words,
            },
            output =>
            {
                output.WriteLine(Words.Text($"Contact {contact}, as of {scores.AsOf:yyyy-MM-dd}"));
                foreach (var line in words)
                    output.WriteLine($"  {line}");
            }
        );
    }

    static string Name(int municipality) => Municipality.Find(municipality)!.Name;
}
