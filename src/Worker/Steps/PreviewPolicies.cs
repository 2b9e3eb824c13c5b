using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
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
    /// <exception cref="WorkerException">No night has been run yet.</exception>
    internal static PolicyPreview Run(Night night, LeadStore store, NightFacts facts, ScoreRun scores, int municipality)
    {
        var mark =
            store.Watermark()
            ?? throw new WorkerException(
                "The funnel has not been run yet, so there is nothing to compare with. Run leads run first."
            );
        AdvanceContacts.RefuseGoingBack(mark, scores.AsOf);
        var last = KeepPolicies.Read(night.Home, mark.PolicyHash);
        var now = Night(night.Policies);
        if (last is null)
            return Compare(Standing(store, scores.AsOf), now, known: false, changed: true);
        var changed = !PolicySet.Same(last.For(municipality), night.Policies.For(municipality));
        return Compare(Night(last), now, known: true, changed);

        FunnelCommit Night(PolicySet policies)
        {
            var run = new FunnelNight(
                store,
                facts,
                scores,
                night.Model.Description.BaseRate,
                policies,
                scores.AsOf,
                IsoWeek.Of(scores.AsOf).ToString()
            );
            run.Advance();
            run.GivePlaces();
            return run.Commit(mark);
        }

        PolicyPreview Compare(FunnelCommit before, FunnelCommit after, bool known, bool changed)
        {
            var stored = store.Positions();
            var (old, fresh) = (FollowUps(before), FollowUps(after));
            return new(
                municipality,
                scores.AsOf,
                known,
                changed,
                Differences(Stages(stored, before), Stages(stored, after)),
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

        Dictionary<ContactId, Stage> Stages(
            IReadOnlyDictionary<ContactId, FunnelPosition> stored,
            FunnelCommit commit
        )
        {
            var positions = new Dictionary<ContactId, FunnelPosition>(stored);
            foreach (var position in commit.Positions)
                positions[position.Contact] = position;
            return positions
                .Values.Where(position => position.Municipality == municipality)
                .ToDictionary(position => position.Contact, position => position.Stage);
        }
    }

    /// <summary>Where everything stands without another run.</summary>
    static FunnelCommit Standing(LeadStore store, DateOnly asOf) =>
        new(store.Watermark()!) { Places = [.. store.ListPlaces(IsoWeek.Of(asOf).ToString())] };

    static IReadOnlyList<Difference<T>> Differences<T>(
        Dictionary<ContactId, T> before,
        Dictionary<ContactId, T> after
    )
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
