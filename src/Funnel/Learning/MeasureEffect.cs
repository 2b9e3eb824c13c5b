using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Learning;

/// <summary>What a difference between the groups lets one say.</summary>
public enum EffectVerdict
{
    /// <summary>No conclusion, in either direction: hardly anybody moved, or a group is (nearly) empty.</summary>
    TooFew,

    /// <summary>Enough have been watched, and zero is still within the interval.</summary>
    NoneShown,

    /// <summary>More of the contacted moved.</summary>
    More,

    /// <summary>Fewer of the contacted moved.</summary>
    Fewer,
}

/// <summary>The effect of being contacted in a part of the trial.</summary>
/// <param name="Uplift">Share of movers among the contacted minus that among the held out; null when a group is empty.</param>
/// <param name="ExtraMovers">
/// Movers among the contacted who would not have moved otherwise: the uplift times the contacted; null like it.
/// </param>
public sealed record Effect(
    Moved Contacted,
    Moved HeldOut,
    Interval? Uplift,
    Interval? ExtraMovers,
    EffectVerdict Verdict
);

/// <summary>A part of the trial by name: a municipality's code or a stage.</summary>
public sealed record EffectOf<T>(T Part, Effect Effect);

/// <summary>What the dialogue brought about, measured against those whom chance left out of it.</summary>
/// <param name="StillOpen">Contacts whose horizon has not ended; they are not counted.</param>
/// <param name="MovedBefore">Contacts who had moved when they were drawn; they are not counted.</param>
/// <param name="WithoutCounterpart">
/// Contacts counted in the groups but not in the uplift: in their municipality and stage the other group is empty.
/// </param>
/// <param name="Ranking">How well the ranking finds those whom contact moves; null when nobody has a score.</param>
public sealed record EffectReport(
    DateOnly AsOf,
    int HorizonDays,
    int StillOpen,
    int MovedBefore,
    long WithoutCounterpart,
    Effect All,
    IReadOnlyList<EffectOf<int>> Municipalities,
    IReadOnlyList<EffectOf<Stage>> Stages,
    Qini? Ranking
);

/// <summary>Measures the effect of the dialogue from a trial with hold-out.</summary>
public static class MeasureEffect
{
    /// <summary>Below so many movers in both groups together, an interval around zero says nothing yet.</summary>
    public const int FewestMovers = 10;

    /// <summary>The same for the contacts of the smaller group.</summary>
    public const int FewestContacts = 30;

    /// <summary>The report as of a day.</summary>
    /// <param name="seed">Of the replicates that give the Qini coefficient its interval.</param>
    /// <exception cref="FunnelException">A contact is in the trial twice.</exception>
    public static EffectReport Of(IReadOnlyList<TrialContact> trial, int horizonDays, DateOnly asOf, int seed)
    {
        RefuseTwice(trial);
        var fresh = trial.Where(contact => !contact.HadMoved).ToList();
        var watched = fresh
            .Select(contact => (Contact: contact, HasMoved: contact.HasMoved(horizonDays, asOf)))
            .Where(x => x.HasMoved is not null)
            .Select(x => new Watched(x.Contact, x.HasMoved!.Value))
            .ToList();
        var strata = Strata(watched);
        return new(
            asOf,
            horizonDays,
            fresh.Count - watched.Count,
            trial.Count - fresh.Count,
            strata.Values.Where(s => s.Weight == 0).Sum(s => s.Contacted.Contacts + s.HeldOut.Contacts),
            Effect(strata.Values),
            By(strata, key => key.Municipality),
            By(strata, key => key.Stage),
            Qini.Of(watched, seed)
        );
    }

    static void RefuseTwice(IReadOnlyList<TrialContact> trial)
    {
        var drawn = new HashSet<ContactId>();
        var twice = trial.Count(contact => !drawn.Add(contact.Contact));
        if (twice > 0)
            throw new FunnelException(
                $"The trial: {twice} of {trial.Count} rows repeat a contact, expected one row a contact; "
                    + "keep the row of the first draw"
            );
    }

    static Dictionary<(int Municipality, Stage Stage), Stratum> Strata(IEnumerable<Watched> watched) =>
        watched
            .GroupBy(w => (w.Contact.Municipality, w.Contact.Stage))
            .ToDictionary(
                group => group.Key,
                group => new Stratum(
                    Count(group.Where(w => !w.Contact.IsHeldOut)),
                    Count(group.Where(w => w.Contact.IsHeldOut))
                )
            );

    static Moved Count(IEnumerable<Watched> group) =>
        group.Aggregate(default(Moved), (sum, one) => sum + new Moved(one.HasMoved ? 1 : 0, 1));

    static IReadOnlyList<EffectOf<T>> By<T>(
        Dictionary<(int Municipality, Stage Stage), Stratum> strata,
        Func<(int Municipality, Stage Stage), T> part
    ) =>
        [
            .. strata
                .GroupBy(stratum => part(stratum.Key), stratum => stratum.Value)
                .OrderBy(group => group.Key)
                .Select(group => new EffectOf<T>(group.Key, Effect(group))),
        ];

    static Effect Effect(IEnumerable<Stratum> strata)
    {
        var all = strata.ToList();
        var contacted = all.Aggregate(default(Moved), (sum, one) => sum + one.Contacted);
        var heldOut = all.Aggregate(default(Moved), (sum, one) => sum + one.HeldOut);
        var uplift = PooledUplift.Of(all);
        var extra = uplift is { } u
            ? new Interval(u.Value * contacted.Contacts, u.Low * contacted.Contacts, u.High * contacted.Contacts)
            : (Interval?)null;
        return new(contacted, heldOut, uplift, extra, Verdict(uplift, contacted, heldOut));
    }

    static EffectVerdict Verdict(Interval? uplift, Moved contacted, Moved heldOut) =>
        uplift switch
        {
            null => EffectVerdict.TooFew,
            { Low: > 0 } => EffectVerdict.More,
            { High: < 0 } => EffectVerdict.Fewer,
            _ when contacted.Movers + heldOut.Movers < FewestMovers => EffectVerdict.TooFew,
            _ when Math.Min(contacted.Contacts, heldOut.Contacts) < FewestContacts => EffectVerdict.TooFew,
            _ => EffectVerdict.NoneShown,
        };
}

/// <summary>A contact of the trial with its outcome.</summary>
readonly record struct Watched(TrialContact Contact, bool HasMoved);
