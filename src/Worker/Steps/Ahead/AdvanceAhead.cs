using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps.Ahead;

/// <summary>What a look between nights came to.</summary>
/// <param name="Heard">Contacts who had said something new.</param>
/// <param name="Moved">Changes of stage, first entries included.</param>
/// <param name="FollowUps">Newly planned.</param>
/// <param name="Leads">New places on this week's lists.</param>
/// <param name="WaitsFor">What it could not look beside, <c>night</c> or <c>lake</c>; null when it has looked.</param>
public sealed record AheadOutcome(int Heard, int Moved, int FollowUps, int Leads, string? WaitsFor = null)
{
    /// <summary>Nothing has come, or there is no night to go on from.</summary>
    public static AheadOutcome Nothing { get; } = new(0, 0, 0, 0);
}

/// <summary>The fast lane: who has said something since the last night is moved, given a free place and written to today.</summary>
/// <remarks>
/// It brings the inbox into the lake, looks for who has said something since the last look, and reads no more than what is
/// new and what the lake holds of these few. The next night counts them again from where the last one left them, see
/// <see cref="MovedAhead"/>; decision 0021 says why.
/// </remarks>
public static class AdvanceAhead
{
    /// <summary>In the runs table, and on the screen.</summary>
    public const string StepName = "ahead";

    /// <summary>Whether there may be something to look for: told by names and times of files, without reading them.</summary>
    /// <param name="now">Instant (UTC).</param>
    public static bool IsDue(Home home, LeadStore store, DateTime now)
    {
        var settings = HomeSettings.Load(home.Path);
        return LastNight(home, store) is { } night
            && new LocalCalendar(settings.TimeZone).DateOf(now) is var today
            && today >= night.AsOf
            && !(
                store.LastLook() is { } look
                && IsSeen(look, night, today, Lake.Open(home.Path))
                && string.Equals(look.Inbox, InboxGlance.Of(home.Path), StringComparison.Ordinal)
            );
    }

    /// <exception cref="WorkerException">The store cannot be used.</exception>
    public static AheadOutcome Run(Home home, Screen screen, TimeProvider time, CancellationToken cancellation)
    {
        var settings = HomeSettings.Load(home.Path);
        using var store = LeadStore.Open(home.Path);
        if (LastNight(home, store) is null)
            return AheadOutcome.Nothing;
        using var turn = NightTurn.TryTake(home);
        if (turn is null)
            return Told(() => AheadOutcome.Nothing with { WaitsFor = "night" });
        var inbox = InboxGlance.Of(home.Path);
        try
        {
            IngestInbox.Run(home, settings, screen, TimeSpan.Zero, rebuild: false, cancellation);
        }
        catch (IngestionException problem) when (problem.IsHeld)
        {
            return Told(() => AheadOutcome.Nothing with { WaitsFor = "lake" });
        }
        return Told(() => Look(home, settings, store, inbox, time, cancellation));

        AheadOutcome Told(Func<AheadOutcome> look) => screen.Step(StepName, _ => look(), Words.Of);
    }

    static AheadOutcome Look(
        Home home,
        HomeSettings settings,
        LeadStore store,
        string inbox,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var today = AsOf.Of(null, settings, time).Day;
        if (LastNight(home, store) is not { } night || today < night.AsOf)
            return AheadOutcome.Nothing;
        var (lake, last) = (Lake.Open(home.Path), store.LastLook());
        var look = new AheadLook(
            night.AsOf,
            night.Generation,
            today,
            lake.Generation,
            today == night.AsOf ? lake.Generation : last?.Complete ?? -1,
            inbox
        );
        var instant = time.GetUtcNow().UtcDateTime;
        var span = LookSpan.Of(night, last, today, instant, day => AsOf.Of(day, settings, time).Instant);
        var isSeen = last is not null && IsSeen(last, night, today, lake);
        var heard = isSeen ? [] : NewWords.Read(lake, Vocabulary(settings), span, cancellation);
        if (heard.Count == 0)
        {
            store.CommitFunnel(new(night) { Look = look });
            return AheadOutcome.Nothing;
        }
        var now = new Night(
            home,
            settings,
            ReadPolicies.Run(home),
            lake,
            new ModelRegistry(home.Models).Load(night.ModelId),
            new AsOf(today, span.Until),
            cancellation
        );
        return Move(now, store, heard, night, look);
    }

    static AheadOutcome Move(
        Night now,
        LeadStore store,
        IReadOnlyList<ContactId> heard,
        Watermark night,
        AheadLook look
    )
    {
        (int, DateTime) seen = (night.Generation, AsOf.Of(night.AsOf, now.Settings, TimeProvider.System).Instant);
        var leaning = store.Leaning()!;
        var few = FewContacts.Read(now, heard, seen, leaning, night.AsOf);
        var week = IsoWeek.Of(look.Day).ToString();
        var others = RunAhead.Households(
            store.ListPlaces(week).Concat(store.LastPlaces(week).Values),
            heard,
            few.Facts
        );
        if (others.Count > 0)
            few = FewContacts.Read(now, [.. heard, .. others], seen, leaning, night.AsOf);
        var run = new RunAhead(
            store,
            few.Facts,
            few.Scores.Likelihoods(now.Model.Description.BaseRate)
                .ToDictionary(one => one.Contact, one => one.Likelihood),
            now.Policies,
            now.Settings.Seed,
            look.Day
        );
        run.Advance(heard);
        // Before the day's own night is over, its places are that night's to give.
        if (look.Day == look.Night)
            run.GivePlaces();
        var rows = store.CommitFunnel(run.Commit(night, look));
        WriteTheirLists(now, store, run, leaning, night.AsOf);
        return new(run.Contacts.Count, rows.Changes, rows.FollowUps, run.Leads);
    }

    /// <summary>The night's lists anew, with who has come since and the stages as they are, when one of these contacts is on one.</summary>
    static void WriteTheirLists(
        Night now,
        LeadStore store,
        RunAhead run,
        Funnel.Matching.RegionalPrior leaning,
        DateOnly night
    )
    {
        var places = store.ListPlaces(IsoWeek.Of(night).ToString());
        if (
            !Directory.Exists(LeadListFile.Folder(now.Home.Exports, night))
            || !places.Any(p => run.Contacts.Contains(p.Contact))
        )
            return;
        var few = FewContacts.Read(now, [.. places.Select(place => place.Contact).Distinct()], null, leaning, night);
        WriteLists.Run(
            now,
            store,
            few.Facts,
            few.Scores,
            now.Home.Exports,
            ExportFormat.Csv,
            only: null,
            ReasonLanguage.English
        );
    }

    /// <summary>The last night, when all is there that it takes to go on from it.</summary>
    static Watermark? LastNight(Home home, LeadStore store) =>
        store.Watermark() is { } night
        && store.Leaning() is not null
        && Directory.Exists(ScoreFile.Folder(home.Path, night.AsOf))
        && new ModelRegistry(home.Models).Holds(night.ModelId)
            ? night
            : null;

    static bool IsSeen(AheadLook look, Watermark night, DateOnly today, Lake lake) =>
        LookSpan.IsOf(look, night) && look.Day == today && look.Generation == lake.Generation;

    static SignalVocabulary Vocabulary(HomeSettings settings) =>
        SignalVocabulary.With(settings.Signals, settings.Label.Positive, settings.Label.Negative);
}
