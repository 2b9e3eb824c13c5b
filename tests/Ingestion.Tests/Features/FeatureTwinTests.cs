using System.Diagnostics.CodeAnalysis;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Tests.Features;

[SuppressMessage("Security", "CA5394", Justification = "Worlds are drawn from a seed.")]
public class FeatureTwinTests
{
    static readonly DateTime _start = LakeWorld.Utc("2024-01-01");
    static readonly DateTime _end = LakeWorld.Utc("2026-01-01");

    [Test]
    public void Every_cell_equals_the_plain_aggregate_on_random_small_worlds([Range(1, 15)] int seed)
    {
        var random = new Random(seed);
        using var world = Draw(random);
        var lake = world.Write();
        IsAsThePlainAggregate(world, lake, Features(lake), DrawCutoffs(random, world), seed);
    }

    [Test]
    public void Every_cell_equals_the_plain_aggregate_whichever_features_are_asked_for_in_whichever_order(
        [Range(1, 12)] int seed
    )
    {
        var random = new Random(seed);
        using var world = Draw(random);
        var lake = world.Write();
        Feature[] all =
        [
            .. Features(lake).Concat(Family()).DistinctBy(feature => feature.Name, StringComparer.Ordinal),
        ];
        random.Shuffle(all);
        IsAsThePlainAggregate(world, lake, [.. all.Take(1 + random.Next(150))], DrawCutoffs(random, world), seed);
    }

    [Test]
    public void Every_cell_equals_the_plain_aggregate_as_of_the_instant_the_last_trace_becomes_known_and_just_after(
        [Range(1, 10)] int seed
    )
    {
        using var world = Draw(new Random(seed));
        var last = world.Traces.Where(trace => trace.KnownAt < _end).Max(trace => trace.KnownAt);
        world.Traces.RemoveAll(trace => trace.KnownAt > last);
        var lake = world.Write();
        IsAsThePlainAggregate(world, lake, Features(lake), [last], seed);
        IsAsThePlainAggregate(world, lake, Features(lake), [last.AddMicroseconds(1)], seed);
    }

    static void IsAsThePlainAggregate(
        LakeWorld world,
        Lake lake,
        List<Feature> features,
        IReadOnlyList<DateTime> cutoffs,
        int seed
    )
    {
        var clicks = seed % 5 == 0 ? ClickRule.None : MachineRules.BuiltIn.Clicks with { Burst = 2 + (seed % 3) };
        var options = new FeatureBuildOptions(_end, new HomeSettings())
        {
            KeepSettled = true,
            Threads = 2,
            Clicks = clicks,
        };
        var table = FeatureBuild.Run(lake, features, Cutoffs.AtAll(cutoffs), options);
        var twin = FeatureTwin.Cells(lake, features, table, clicks);
        Assert.That(table.RowCount, Is.EqualTo(RowsExpected(world, cutoffs)));
        for (var f = 0; f < features.Count; f++)
        {
            for (var row = 0; row < table.RowCount; row++)
            {
                var (found, expected) = (table.Columns[f][row], twin[row][f]);
                if (!Same(found, expected))
                    Assert.Fail(
                        $"{features[f].Name} of {table.Contacts[row]} at {table.AsOf[row]:o}: {found}, expected {expected}"
                    );
            }
        }
    }

    static bool Same(float found, double? expected) =>
        expected is { } value ? Math.Abs(found - value) <= 1e-5 * Math.Max(1e-20, Math.Abs(value)) : float.IsNaN(found);

    static List<Feature> Features(Lake lake) =>
        [
            .. FeatureCatalog.Of(lake, new HomeSettings(), _end),
            new FeatureDefinition(Measure.Trend, 7).ToFeature(),
            new FeatureDefinition(Measure.Kinds, 7).ToFeature(),
            new FeatureDefinition(Measure.Recency, Dimension.Municipality, "2506", 0).ToFeature(),
            new FeatureDefinition(Measure.Share, Dimension.Kind, "video", 45).ToFeature(),
            new FeatureDefinition(Measure.Share, Dimension.Municipality, "2584", 90).ToFeature(),
            new FeatureDefinition(Measure.Decay, Dimension.Channel, "web", 14).ToFeature(),
            new FeatureDefinition(Measure.Decay, Dimension.Municipality, "2584", 2).ToFeature(),
            new FeatureDefinition(Measure.Count, Dimension.Kind, "never.seen", 30).ToFeature(),
            new FeatureDefinition(Measure.Recency, Dimension.Theme, "never_seen", 0).ToFeature(),
        ];

    // Whatever can be asked of traces, of words that there are and of one that there is not.
    static IEnumerable<Feature> Family() =>
        from rule in MeasureRule.All
        where rule.Measure < Measure.DeclaredMunicipality
        from dimension in rule.Dimensions
        from value in Values(dimension)
        from days in rule.Window == WindowRule.None ? [FeatureDefinition.AllTime] : (int[])[1, 7, 30, 45, 120]
        select new FeatureDefinition(rule.Measure, dimension, value, days).ToFeature();

    static IEnumerable<string> Values(Dimension dimension) =>
        dimension switch
        {
            Dimension.Kind => [.. LakeWorld.Dictionary.Kinds.Skip(1), "never_seen"],
            Dimension.Channel => [.. LakeWorld.Dictionary.Channels.Skip(1), "never_seen"],
            Dimension.Theme => [.. LakeWorld.Dictionary.Themes.Skip(1), "never_seen"],
            Dimension.Municipality => FeatureCatalog.MunicipalityLevels,
            Dimension.None => [""],
        };

    // A contact has a row when a trace, a register entry or a consent is known before the cut-off.
    static int RowsExpected(LakeWorld world, IReadOnlyList<DateTime> cutoffs) =>
        world
            .Consents.Select(c => c.Contact)
            .Distinct(StringComparer.Ordinal)
            .Sum(contact =>
                cutoffs
                    .Distinct()
                    .Count(cutoff =>
                        world.Traces.Any(t => IsOf(t.Contact, contact) && t.At < cutoff && t.KnownAt < cutoff)
                        || world.Versions.Any(v => IsOf(v.Contact, contact) && v.At < cutoff)
                        || world.Consents.Any(c => IsOf(c.Contact, contact) && c.At < cutoff)
                    )
            );

    static bool IsOf(string contact, string other) => string.Equals(contact, other, StringComparison.Ordinal);

    // Instants fall on a coarse grid and on windows' edges, so that ties in time and traces on an edge are frequent.
    static List<DateTime> DrawCutoffs(Random random, LakeWorld world)
    {
        List<DateTime> cutoffs = [_start.AddDays(-10), _end, _start.AddDays(random.Next(700))];
        foreach (var trace in world.Traces.Take(6))
        {
            int[] days = [0, 7, 30, 90, 365];
            cutoffs.Add(trace.At.AddDays(days[random.Next(days.Length)]));
            cutoffs.Add(trace.KnownAt.AddMicroseconds(1));
        }
        return [.. cutoffs.Where(c => c <= _end)];
    }

    static LakeWorld Draw(Random random)
    {
        var world = new LakeWorld { Runs = 1 + random.Next(3) };
        for (var contact = 0; contact < 12; contact++)
        {
            var id = $"kontakt-{contact}{(contact % 3 == 0 ? "-åäö-with-a-long-id" : "")}";
            world.Consents.Add(new WorldConsent(id, _start.AddDays(random.Next(400)), "profiling", Granted: true));
            for (var version = random.Next(4); version > 0; version--)
                world.Versions.Add(DrawVersion(random, id));
            for (var trace = contact == 1 ? 0 : random.Next(60); trace > 0; trace--)
                world.Traces.Add(DrawTrace(random, id, late: contact % 2 == 0));
            for (var mail = random.Next(12); mail > 0; mail--)
                world.Traces.AddRange(DrawMail(random, id, late: contact % 2 == 0));
        }
        return world;
    }

    static WorldVersion DrawVersion(Random random, string contact) =>
        new(
            contact,
            _start.AddDays(random.Next(8) * 60),
            Pick(random, null, "DE", "NL", "SE"),
            Pick(random, null, "de", "en"),
            random.Next(3) == 0 ? null : 1 + random.Next(5),
            random.Next(3) == 0 ? null : 1950 + random.Next(50)
        );

    // A third of the traces fall on one of three instants.
    static WorldTrace DrawTrace(Random random, string contact, bool late)
    {
        var at =
            random.Next(3) == 0
                ? _start.AddDays(200 * random.Next(3))
                : _start
                    .AddDays(random.Next(700))
                    .AddMinutes(random.Next(4) == 0 ? random.Next(1440) : 15 * random.Next(6));
        var known = late && random.Next(5) == 0 ? at.AddDays(random.Next(200)) : at;
        return new WorldTrace(
            contact,
            at,
            known,
            Pick(random, "page_view", "page_view", "email_open", "answer", "fair_talk", "video")!,
            Pick(random, "", "web", "email", "fair")!,
            Pick(random, "", "nature", "housing", "jobs")!,
            random.Next(3) == 0 ? 0 : new[] { 2506, 2584, 2580, 9999 }[random.Next(3)],
            random.Next(2) == 0 ? null : random.Next(5) / 4f,
            random.Next(6) == 0
        );
    }

    // Sendings and clicks some quarters of a second apart, so that gaps of exactly two seconds are frequent.
    static IEnumerable<WorldTrace> DrawMail(Random random, string contact, bool late)
    {
        var at = _start.AddDays(30 * random.Next(20));
        for (var trace = 1 + random.Next(5); trace > 0; trace--)
        {
            at = at.AddSeconds(0.25 * random.Next(12)).AddMicroseconds(random.Next(2));
            var known = late && random.Next(4) == 0 ? at.AddDays(random.Next(90)) : at;
            var kind = random.Next(4) == 0 ? "email_sent" : "email_click";
            yield return new WorldTrace(contact, at, known, kind, "email", Automated: random.Next(8) == 0);
        }
    }

    static string? Pick(Random random, params string?[] values) => values[random.Next(values.Length)];
}
