using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>A home whose path has signs that patterns are made of is that home and no other.</summary>
[Platform(Exclude = "Win", Reason = "Such names cannot be there.")]
public sealed class PatternSignsTests
{
    static readonly DateTime _asOf = LakeWorld.Utc("2024-06-01");

    [Test]
    public void Features_of_such_a_home_are_those_of_any_other()
    {
        using var plain = new TestHome();
        using var other = new TestHome();
        var odd = Path.Combine(other.Folder, "h[1]*?");
        // The path of the odd home, taken for a pattern, means this one.
        var meant = Path.Combine(other.Folder, "h1 not meant");
        Fill(plain.Folder, contacts: 5);
        Fill(odd, contacts: 5);
        Fill(meant, contacts: 9);

        var cells = Cells(plain.Folder);

        Assert.That(cells, Has.Count.GreaterThan(100));
        Assert.That(Cells(odd), Is.EqualTo(cells));
        Assert.That(Cells(meant), Is.Not.EqualTo(cells));
        Assert.That(CheckLake.Run(odd, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void Rows_of_such_a_home_are_erased()
    {
        using var other = new TestHome();
        var odd = Path.Combine(other.Folder, "h[1]*?");
        Fill(odd, contacts: 5);

        var erasure = EraseContacts.Run(odd, ["c1"]);

        Assert.That((erasure.Ids.Count, erasure.Rows), Is.EqualTo((1, 3L)), "two traces and a consent");
        Assert.That(Cells(odd).Where(cell => cell.StartsWith("c1 ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(CheckLake.Run(odd, hashing: true).Findings, Is.Empty);
    }

    /// <summary>Two nights, so that files come together and old ones are read again.</summary>
    static void Fill(string home, int contacts)
    {
        const string Web =
            "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n";
        const string Consents = "consent_id,contact_id,purpose,granted,at,provenance\n";
        var each = Enumerable.Range(0, contacts).ToArray();
        Put("consents/1.csv", Consents, each.Select(c => $"k{c},c{c},profiling,true,2024-01-01T00:00:00Z,form"));
        Put("web_analytics/1.csv", Web, each.Select(c => $"a{c},{At(40 + c)},page_view,d{c},c{c},nature,2506,organic"));
        Ingest.Run(home);
        Put("web_analytics/2.csv", Web, each.Select(c => $"b{c},{At(90 + c)},search,d{c},,housing,2580,email"));
        Ingest.Run(home);

        static long At(int day) => (LakeWorld.Utc("2024-01-01").AddDays(day) - DateTime.UnixEpoch).Ticks / 10;

        void Put(string path, string header, IEnumerable<string> rows)
        {
            var file = Path.Combine(home, "inbox", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, header + string.Concat(rows.Select(row => row + "\n")));
        }
    }

    static List<string> Cells(string home)
    {
        var (lake, settings, cells) = (Lake.Open(home), new HomeSettings(), new List<string>());
        var features = FeatureCatalog.Of(lake, settings, _asOf);
        var table = FeatureBuild.Run(lake, features, Cutoffs.At(_asOf), new FeatureBuildOptions(_asOf, settings));
        for (var row = 0; row < table.RowCount; row++)
        {
            for (var column = 0; column < features.Count; column++)
                cells.Add(
                    FormattableString.Invariant(
                        $"{table.Contacts[row]} {features[column].Name} {table.Columns[column][row]}"
                    )
                );
        }
        return [.. cells.Order(StringComparer.Ordinal)];
    }
}
