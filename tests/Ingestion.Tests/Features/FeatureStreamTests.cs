using System.Collections.Concurrent;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class FeatureStreamTests
{
    static readonly DateTime _end = LakeWorld.Utc("2026-01-01");

    [Test]
    public void Pieces_put_together_are_the_whole_table([Values(1, 5, 16, 40)] int rowsAtOnce)
    {
        using var world = World(contacts: 100);
        var lake = world.Write();
        var features = FeatureCatalog.Of(lake, new HomeSettings(), _end);
        var cutoffs = Cutoffs.AtAll([LakeWorld.Utc("2025-03-01"), _end]);
        var options = new FeatureBuildOptions(_end, new HomeSettings()) { Threads = 2, RowsAtOnce = rowsAtOnce };
        var whole = FeatureBuild.Run(lake, features, cutoffs, options);
        var pieces = Pieces(lake, features, cutoffs, options);
        var rows = pieces
            .SelectMany(piece =>
                Enumerable
                    .Range(0, piece.RowCount)
                    .Select(row => (piece.AsOf[row], piece.Contacts[row], Cells: Cells(piece, row)))
            )
            .OrderBy(row => row.Item1)
            .ThenBy(row => row.Item2, StringComparer.Ordinal)
            .ToArray();
        Assert.That(pieces.Select(piece => piece.RowCount), Has.All.InRange(1, rowsAtOnce));
        Assert.That(rows.Select(row => row.Item2), Is.EqualTo(whole.Contacts));
        Assert.That(rows.Select(row => row.Item1), Is.EqualTo(whole.AsOf));
        for (var row = 0; row < rows.Length; row++)
            Assert.That(rows[row].Cells, Is.EqualTo(Cells(whole, row)), rows[row].Item2);
    }

    [Test]
    public void Labels_go_with_their_rows()
    {
        using var world = World(contacts: 20);
        world.Outcomes.Add(new WorldOutcome("c07", LakeWorld.Utc("2025-02-01"), LakeWorld.Utc("2025-02-01"), "moved"));
        var lake = world.Write();
        var options = new FeatureBuildOptions(_end, new HomeSettings())
        {
            Labelled = true,
            DataEnd = _end,
            RowsAtOnce = 3,
        };
        var cutoffs = Cutoffs.At(LakeWorld.Utc("2025-01-01"));
        var labels = Pieces(lake, FeatureCatalog.Of(lake, new HomeSettings(), _end), cutoffs, options)
            .SelectMany(piece => piece.Contacts.Zip(piece.Labels))
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        Assert.That(labels, Has.Count.EqualTo(20));
        Assert.That(labels.Where(pair => pair.Value == 1).Select(pair => pair.Key), Is.EqualTo(["c07"]));
    }

    // copies, for a piece is valid during the call only
    static List<FeatureTable> Pieces(
        Lake lake,
        IReadOnlyList<Feature> features,
        Cutoffs cutoffs,
        FeatureBuildOptions options
    )
    {
        var pieces = new ConcurrentBag<FeatureTable>();
        FeatureBuild.Stream(
            lake,
            features,
            cutoffs,
            options,
            (_, piece) => pieces.Add(piece.Take([.. Enumerable.Range(0, piece.RowCount)]))
        );
        return [.. pieces];
    }

    static float[] Cells(FeatureTable table, int row) => [.. table.Columns.Select(column => column[row])];

    // Each contact has its own number of traces, dealt out over two runs; some 5,000 so that chunks end within contacts.
    static LakeWorld World(int contacts)
    {
        var world = new LakeWorld { Runs = 2 };
        var start = LakeWorld.Utc("2024-01-01");
        for (var contact = 0; contact < contacts; contact++)
        {
            var id = $"c{contact:00}";
            world.Consents.Add(new WorldConsent(id, start, "profiling", Granted: true));
            for (var trace = 0; trace < contact; trace++)
            {
                var at = start.AddHours((trace * 131) + contact);
                world.Traces.Add(new WorldTrace(id, at, at, trace % 3 == 0 ? "video" : "page_view", "web", "nature"));
            }
        }
        return world;
    }
}
