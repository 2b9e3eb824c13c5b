using System.Globalization;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>However facts came into a lake, over many nights and in any order, it says what a fresh one says.</summary>
public sealed class SameFactsTests
{
    /// <summary>What the lake holds but for generations, which tell when something became visible.</summary>
    static readonly string[] _tables =
    [
        "select contact, \"at\", known_at, kind_of(kind), channel_of(channel), municipality, value, source_of(source), trace_id, origin, origin_known_at from traces order by all",
        "select subject, \"at\", known_at, kind_of(kind), trace_id from visitors order by all",
        "select * exclude (generation) from contacts order by all",
        "select * exclude (generation) from consents order by all",
        "select * exclude (generation) from outcomes order by all",
        "select * from merges order by all",
        "select * from identities order by all",
    ];

    static readonly DateTime[] _instants = [FactsWorld.Start.AddDays(450), FactsWorld.Start.AddDays(800)];

    /// <summary>Few in the suite; more with the variable LEADS_WORLDS, when something of this was changed.</summary>
    static int Worlds =>
        int.TryParse(Environment.GetEnvironmentVariable("LEADS_WORLDS"), CultureInfo.InvariantCulture, out var worlds)
            ? worlds
            : 3;

    [Test]
    public void Many_nights_in_any_order_give_what_one_night_gives()
    {
        var (merged, tooFast) = (0, 0);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = new FactsWorld(seed);
            using var many = FactsWorld.Home();
            using var one = FactsWorld.Home();
            var nights = world.Nights(2 + (seed % 3));
            for (var night = 0; night < nights.Count; night++)
                FactsWorld.Ingest(many, nights[night], night);
            FactsWorld.Ingest(one, world.Facts, 0);

            AssertSame(many, one, seed);
            tooFast += TooFast(one);
            merged += one.Rows("select * from identities").Count;
        }
        Assert.That(merged, Is.GreaterThan(3), "there was something to merge");
        Assert.That(tooFast, Is.GreaterThan(3), "there were clicks of machines");
    }

    [Test]
    public void Erasures_and_times_of_keeping_between_the_nights_give_what_they_give_beforehand()
    {
        var gone = 0;
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = new FactsWorld(1000 + seed);
            var chance = new Random(seed);
            var keepFrom = FactsWorld.Start.AddDays(chance.Next(500));
            using var many = FactsWorld.Home();
            using var one = FactsWorld.Home();
            var nights = world.Nights(3);
            for (var night = 0; night < nights.Count; night++)
            {
                FactsWorld.Ingest(many, nights[night], night);
                if (night > 0)
                    EraseContacts.Run(many.Folder, [world.Ids[chance.Next(world.Ids.Count)]]);
                if (night == 1)
                    RetainTraces.Run(many.Folder, keepFrom);
            }
            File.Copy(Path.Combine(many.Folder, "suppressions"), Path.Combine(one.Folder, "suppressions"));
            FactsWorld.Ingest(one, world.Facts, 0);
            gone += RetainTraces.Run(many.Folder, keepFrom) is { Traces: > 0 } ? 1 : 0;
            RetainTraces.Run(one.Folder, keepFrom);

            AssertSame(many, one, seed);
            Assert.That(one.Rows($"select * from traces where \"at\" < '{keepFrom:yyyy-MM-dd}'"), Is.Empty);
        }
        Assert.That(gone, Is.GreaterThan(0), "some old traces came after the first time");
    }

    static void AssertSame(TestHome many, TestHome one, int seed)
    {
        foreach (var table in _tables)
            Assert.That(many.Rows(table), Is.EqualTo(one.Rows(table)), $"world {seed}: {table}");
        foreach (var asOf in _instants)
        {
            // A word that only erased traces had stays in a lake's dictionary: a column that is empty for everybody.
            var features = FeatureCatalog.Of(Lake.Open(one.Folder), new HomeSettings(), asOf);
            Assert.That(
                Cells(many, features, asOf),
                Is.EqualTo(Cells(one, features, asOf)),
                $"world {seed} as of {asOf:O}"
            );
        }
        Assert.That(CheckLake.Run(many.Folder, hashing: true).Findings, Is.Empty, $"world {seed}");
    }

    /// <summary>Contacts for whom it matters that some clicks are too fast.</summary>
    static int TooFast(TestHome home)
    {
        Feature[] clicks = [new FeatureDefinition(Measure.Count, Dimension.Kind, "email_click", 0).ToFeature()];
        var all = Cells(home, clicks, _instants[1], ClickRule.None);
        return all.Except(Cells(home, clicks, _instants[1]), StringComparer.Ordinal).Count();
    }

    /// <summary>Every cell of the feature table, by row and name; the order of features follows when words were first met.</summary>
    static List<string> Cells(TestHome home, IReadOnlyList<Feature> features, DateTime asOf, ClickRule? rule = null)
    {
        var lake = Lake.Open(home.Folder);
        var settings = new HomeSettings();
        var options = new FeatureBuildOptions(asOf, settings)
        {
            KeepSettled = true,
            DataEnd = asOf,
            Labelled = true,
            KeepOpen = true,
            Clicks = rule ?? MachineRules.BuiltIn.Clicks,
        };
        var cutoffs = Cutoffs.AtAll([asOf.AddDays(-300), asOf.AddDays(-90), asOf]);
        var table = FeatureBuild.Run(lake, features, cutoffs, options);
        var cells = new List<string>();
        for (var row = 0; row < table.RowCount; row++)
        {
            for (var column = 0; column < features.Count; column++)
            {
                var (feature, value) = (features[column], table.Columns[column][row]);
                var text =
                    feature.Type == FeatureType.Categorical && !float.IsNaN(value)
                        ? feature.Levels[(int)value]
                        : value.ToString("R", CultureInfo.InvariantCulture);
                cells.Add($"{table.Contacts[row]} {table.AsOf[row]:O} {feature.Name} {text}");
            }
            cells.Add($"{table.Contacts[row]} {table.AsOf[row]:O} label {table.Labels[row]}");
        }
        cells.Sort(StringComparer.Ordinal);
        return cells;
    }
}
