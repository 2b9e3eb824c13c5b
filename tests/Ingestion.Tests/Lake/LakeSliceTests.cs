using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests;

/// <summary>Slices of a lake of two ingests and contacts whose ids are not harmless.</summary>
public sealed class LakeSliceTests
{
    static readonly string[] Contacts = ["anna", "bo", "it's", "\"dan\"", "åke"];
    static readonly LakeTable[] Tables = [LakeTable.Traces, LakeTable.Consents, LakeTable.Outcomes, LakeTable.Contacts];

    readonly TestHome _home = new();

    [OneTimeSetUp]
    public void IngestTwice()
    {
        foreach (var day in (string[])["01", "02"])
        {
            _home.With(
                $"consents/{day}.csv",
                "consent_id,contact_id,purpose,granted,at,provenance\n"
                    + string.Concat(
                        Contacts.Select((c, i) => $"{day}-{i},{Csv(c)},profiling,true,2026-01-{day}T08:00:00Z,form\n")
                    )
            );
            _home.With(
                $"eures_inquiries/{day}.csv",
                "inquiry_id,received_at,contact_id,country,language,municipality_code,household_size\n"
                    + string.Concat(
                        Contacts.Select((c, i) => $"{day}-{i},2026-02-{day}T10:0{i}:00Z,{Csv(c)},DE,de,2582,2\n")
                    )
            );
            Assert.That(_home.Ingest().Rejected, Is.Zero);
        }
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [TestCase("it's", "\"dan\"")]
    [TestCase("åke")]
    [TestCase("anna", "nobody")]
    [TestCase]
    public void A_slice_holds_all_rows_of_its_contacts_in_their_order_and_no_others(params string[] contacts)
    {
        var lake = Ingestion.Lake.Open(_home.Folder);
        var parent = Path.Combine(_home.Folder, "slices");
        using (var slice = LakeSlice.Of(lake, contacts, parent, CancellationToken.None))
        {
            Assert.That(slice.Lake.Generation, Is.EqualTo(lake.Generation));
            foreach (var table in Tables)
                Assert.That(
                    Rows(slice.Lake, table),
                    Is.EqualTo(Rows(lake, table).Where(row => contacts.Contains(row.Split('|')[0]))),
                    $"{table}"
                );
        }
        Assert.That(Directory.GetDirectories(parent), Is.Empty, "it goes with its use");
    }

    [Test]
    public void A_lake_since_a_generation_has_the_files_written_after_it()
    {
        var lake = Ingestion.Lake.Open(_home.Folder);
        Assert.That(
            Rows(lake.Since(1), LakeTable.Traces),
            Is.EqualTo(Rows(lake, LakeTable.Traces).Where(r => r.Contains("02-02")))
        );
        Assert.That(lake.Since(2).Manifest.Files, Is.Empty);
        Assert.That(lake.Since(-1).Manifest.Files, Is.EqualTo(lake.Manifest.Files));
    }

    static List<string> Rows(Lake lake, LakeTable table)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, lake, bucket: null);
        return
        [
            .. connection.Rows(
                "rows",
                $"select concat_ws('|', contact, \"at\", generation) from {LakeLayout.FolderOf(table)} order by all",
                (chunk, row) => chunk.Text(0, row)!
            ),
        ];
    }

    static string Csv(string id) => $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
