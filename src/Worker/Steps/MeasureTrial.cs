using LeadScoring.Funnel.Learning;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>Measures what the dialogue brought about, from a trial and the outcomes that the home knows.</summary>
static class MeasureTrial
{
    /// <param name="path">A trial's file; null: the home's own trial, of the contacts for whom a place was at stake.</param>
    /// <param name="horizonDays">Null: that of the label in <c>leads.json</c>.</param>
    /// <exception cref="WorkerException">The file cannot be used, or no place has been at stake yet.</exception>
    internal static EffectReport Run(
        Home home,
        string? path,
        int? horizonDays,
        AsOf asOf,
        CancellationToken cancellation
    )
    {
        var settings = HomeSettings.Load(home.Path);
        var trial = path is null ? OwnTrial(home) : TrialFile.Read(path, cancellation);
        var contacts = trial.Contacts;
        if (!trial.SaysWhoMoved)
        {
            var moved = Movers(Lake.Open(home.Path), settings, asOf, cancellation);
            contacts =
            [
                .. contacts.Select(c =>
                    c with
                    {
                        MovedOn = moved.TryGetValue(c.Contact.Value, out var day) ? day : null,
                    }
                ),
            ];
        }
        return MeasureEffect.Of(contacts, horizonDays ?? settings.Label.HorizonDays, asOf.Day, settings.Seed);
    }

    /// <summary>Contacts as chance drew them when a place was first at stake for them.</summary>
    static Trial OwnTrial(Home home)
    {
        using var store = LeadStore.Open(home.Path);
        var drawn = store.DrawnContacts();
        return drawn.Count > 0
            ? new([.. drawn.Select(one => one.Trial(movedOn: null))], SaysWhoMoved: false)
            : throw new WorkerException(
                "No place has been at stake yet, so there is nothing to measure. Run leads run first, or name a trial's file."
            );
    }

    /// <summary>The local day on which each contact first had an outcome that the label counts as positive.</summary>
    static Dictionary<string, DateOnly> Movers(
        Lake lake,
        HomeSettings settings,
        AsOf asOf,
        CancellationToken cancellation
    )
    {
        var calendar = new LocalCalendar(settings.TimeZone);
        var movers = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        using var database = Database.Open();
        using var connection = database.Connect();
        for (var bucket = 0; bucket < lake.Buckets; bucket++)
        {
            LakeViews.Create(connection, lake, bucket);
            using var rows = connection.Query(
                "movers.sql",
                WorkerSql.Of("Steps.movers"),
                cancellation,
                ("until", asOf.Instant),
                ("kinds", string.Join('\n', settings.Label.Positive))
            );
            while (rows.Next() is { } chunk)
            {
                for (var row = 0; row < chunk.Count; row++)
                    movers[chunk.Text(0, row)!] = calendar.DateOf(Time.Instant(chunk.Span<long>(1)[row]));
            }
        }
        return movers;
    }
}
