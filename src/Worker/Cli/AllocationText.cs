using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary>Why a contact is offered to its municipality, or to nobody, line by line.</summary>
static class AllocationText
{
    /// <param name="obstacle">What keeps the contact from being offered at all, null when nothing does.</param>
    internal static IEnumerable<string> Lines(AllocationReason of, string? obstacle)
    {
        yield return of.Cause switch
        {
            AllocationCause.Offered => $"Offered to {Name(of.Municipality)}.",
            AllocationCause.Explored =>
                $"Offered to {Name(of.Municipality)} though unlikely: drawn for one of the places kept to see what calls bring.",
            AllocationCause.HasPlace => $"Has a place of this week in {Name(of.Municipality)} already.",
            AllocationCause.SameHousehold => $"Offered to nobody: {of.StoodFor} of the same household is.",
            AllocationCause.Declined => "Offered to nobody: every municipality has handed the contact back.",
            AllocationCause.Resting => "Offered to nobody: had a place not long ago.",
            AllocationCause.HeldOut =>
                "Offered to nobody: held out by chance, so that the effect of calls can be measured.",
            AllocationCause.Unlikely =>
                "Offered to nobody: too unlikely for the lists (likelihood.list in the policies).",
            AllocationCause.NoCapacity => "Offered to nobody: every place goes to somebody who adds more.",
            AllocationCause.NotProposed => $"Offered to nobody: {obstacle ?? "no score of this day"}.",
        };
        if (of.Chosen is { } chosen)
            yield return Bid(chosen);
        if (of.RunnerUp is { } runnerUp)
            yield return $"{(of.Chosen is null ? "Nearest" : "Runner-up")}: {Bid(runnerUp)}";
        if (of.Chosen is { } one && of.RunnerUp is { Price: >= 0 } other && other.ExpectedMovers > one.ExpectedMovers)
            yield return Words.Text(
                $"{Name(other.Municipality)} fits better, but others bring {InThousand(other.Price - Math.Max(0, one.Price))} more in 1,000 with a place there than with one in {Name(one.Municipality)}."
            );
    }

    static string Bid(Bid bid) =>
        $"{Name(bid.Municipality)}: of 1,000 such contacts {InThousand(bid.ExpectedMovers)} would move there; "
        + bid.Price switch
        {
            < 0 => "its floor asks for contacts",
            0 => "its places are not all asked for",
            _ => Words.Text(
                $"of those who get the place otherwise {InThousand(bid.Price)} would, {InThousand(Math.Abs(bid.Net))} {(bid.Net < 0 ? "more" : "fewer")}"
            ),
        };

    static string InThousand(double movers) => Words.Text($"{1000 * movers:0.0}");

    static string Name(int municipality) => Municipality.Find(municipality)!.Name;
}
