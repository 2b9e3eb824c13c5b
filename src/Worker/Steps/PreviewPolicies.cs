using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>One contact that would stand, or be listed, elsewhere.</summary>
/// <param name="Before">Under the policies in force in the last run, null when it would not be with the municipality at all.</param>
/// <param name="After">Under the policy files as they stand.</param>
public sealed record Difference<T>(ContactId Contact, T? Before, T? After)
    where T : struct;

/// <summary>What tonight would be different for one municipality because of its policy.</summary>
/// <param name="Known">Whether the policies of the last run are known; else everything is held against where contacts stand.</param>
/// <param name="Changed">Whether the municipality's policy says anything else than then.</param>
/// <param name="Dropped">Follow-ups that would be planned under the old policies only.</param>
/// <param name="Planned">Those under the new ones only.</param>
/// <param name="Places">By rank on the list.</param>
public sealed record PolicyPreview(
    int Municipality,
    DateOnly AsOf,
    bool Known,
    bool Changed,
    IReadOnlyList<Difference<Stage>> Stages,
    IReadOnlyList<FollowUp> Dropped,
    IReadOnlyList<FollowUp> Planned,
    IReadOnlyList<Difference<int>> Places
);

/// <summary>Runs the funnel twice in memory, under the policies of the last run and under the files as they stand.</summary>
static class PreviewPolicies
{
    /// <param name="scores">The latest; tonight's are not there yet.</param>
    /// <param name="baseRate">Share of positives the model was trained on.</param>
    /// <param name="policies">The files as they stand.</param>
    /// <exception cref="WorkerException">No night has been run yet.</exception>
    internal static PolicyPreview Run(
        Home home,
        LeadStore store,
        NightFacts facts,
        ScoreRun scores,
        double baseRate,
        PolicySet policies,
        int municipality
    )
    {
        var mark =
            store.Watermark()
            ?? throw new WorkerException(
                "The funnel has not been run yet, so there is nothing to compare with. Run leads run first."
            );
        AdvanceContacts.RefuseGoingBack(mark, scores.AsOf);
        var week = IsoWeek.Of(scores.AsOf).ToString();
        var seed = HomeSettings.Load(home.Path).Seed;
        var last = KeepPolicies.Read(home, mark.PolicyHash);
        var before = last is null ? new(mark) { Places = [.. store.ListPlaces(week)] } : Tried(last);
        var changed = last is null || !PolicySet.Same(last.For(municipality), policies.For(municipality));
        var told = new MunicipalityNights(store.Positions(), before, Tried(policies), municipality);
        return told.Compared(scores.AsOf, known: last is not null, changed);

        FunnelCommit Tried(PolicySet by)
        {
            var run = new FunnelNight(store, facts, scores, baseRate, by, seed, scores.AsOf, week);
            run.Advance();
            run.GivePlaces();
            return run.Commit(mark);
        }
    }
}

/// <summary>What two runs of the same night would write, as far as one municipality is concerned.</summary>
sealed class MunicipalityNights(
    IReadOnlyDictionary<ContactId, FunnelPosition> stored,
    FunnelCommit before,
    FunnelCommit after,
    int municipality
)
{
    internal PolicyPreview Compared(DateOnly asOf, bool known, bool changed)
    {
        var (old, fresh) = (FollowUps(before), FollowUps(after));
        return new(
            municipality,
            asOf,
            known,
            changed,
            Differences(Stages(before), Stages(after)),
            [.. old.ExceptBy(fresh.Select(f => f.Key), f => f.Key, StringComparer.Ordinal)],
            [.. fresh.ExceptBy(old.Select(f => f.Key), f => f.Key, StringComparer.Ordinal)],
            Differences(Ranks(before), Ranks(after))
        );
    }

    List<FollowUp> FollowUps(FunnelCommit commit) =>
        [.. commit.FollowUps.Where(f => f.Municipality == municipality).OrderBy(f => f.DueAt)];

    Dictionary<ContactId, int> Ranks(FunnelCommit commit) =>
        commit
            .Places.Where(place => place.Municipality == municipality && !place.HasLeft)
            .ToDictionary(place => place.Contact, place => place.Rank);

    Dictionary<ContactId, Stage> Stages(FunnelCommit commit)
    {
        var positions = new Dictionary<ContactId, FunnelPosition>(stored);
        foreach (var position in commit.Positions)
            positions[position.Contact] = position;
        return positions
            .Values.Where(position => position.Municipality == municipality)
            .ToDictionary(position => position.Contact, position => position.Stage);
    }

    static IReadOnlyList<Difference<T>> Differences<T>(Dictionary<ContactId, T> before, Dictionary<ContactId, T> after)
        where T : struct =>
        [
            .. before
                .Keys.Union(after.Keys)
                .Order()
                .Select(contact => new Difference<T>(
                    contact,
                    before.TryGetValue(contact, out var old) ? old : null,
                    after.TryGetValue(contact, out var fresh) ? fresh : null
                ))
                .Where(pair => !EqualityComparer<T?>.Default.Equals(pair.Before, pair.After)),
        ];
}
