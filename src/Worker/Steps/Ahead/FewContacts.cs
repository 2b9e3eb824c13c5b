using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Worker.Steps.Ahead;

/// <summary>What the lake knows of a few contacts, and how likely they are; nothing is read of others.</summary>
/// <param name="Scores">Of the last night, or as of now for whom it has not scored.</param>
sealed record FewContacts(NightFacts Facts, ScoreRun Scores)
{
    /// <param name="night">The lake as it is, and the instant up to which it counts.</param>
    /// <param name="seen">What the last night has seen: signals of it are left out. Null reads all.</param>
    /// <param name="leaning">How all contacts lean, which a few cannot tell.</param>
    /// <param name="scored">The day of the last night's scores.</param>
    public static FewContacts Read(
        Night night,
        IReadOnlyCollection<ContactId> contacts,
        (int Generation, DateTime Until)? seen,
        RegionalPrior leaning,
        DateOnly scored
    )
    {
        using var slice = LakeSlice.Of(
            night.Lake,
            contacts.Select(contact => contact.Value),
            Folder(night.Home),
            night.Cancellation
        );
        var facts = NightFacts.Read(
            slice.Lake,
            night.Settings,
            MachineRules.Load(night.Home.Path).Clicks,
            night.AsOf.Instant,
            seen,
            night.Cancellation
        ) with
        {
            Leaning = leaning,
        };
        var known = ScoreFile
            .ReadSome(night.Home.Path, scored, contacts, night.Lake.Buckets, night.Cancellation)
            .Scores;
        var fresh = Fresh(
            night with
            {
                Lake = slice.Lake,
            },
            contacts.Except(known.Select(one => one.Score.Contact)),
            facts
        );
        var scores = ScoreContacts.Rank(known.Select(one => one.Score).Concat(fresh));
        return new(facts, new(scored, night.Model.Id, [.. scores.Select(score => new ContactScore(score, []))]));
    }

    /// <summary>Removes what a run that was killed has left.</summary>
    public static void Clear(Home home)
    {
        if (Directory.Exists(Folder(home)))
            Directory.Delete(Folder(home), recursive: true);
    }

    static IEnumerable<LeadScore> Fresh(Night night, IEnumerable<ContactId> contacts, NightFacts facts)
    {
        var missing = contacts.Where(c => facts.Standings.GetValueOrDefault(c)?.MayScore == true).ToHashSet();
        int[] buckets = [.. missing.Select(contact => night.Lake.BucketOf(contact.Value)).Distinct().Order()];
        return ScoreTonight.Some(night, buckets).Where(score => missing.Contains(score.Contact));
    }

    static string Folder(Home home) => Path.Combine(home.Scores, ".few");
}
