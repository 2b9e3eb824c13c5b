using System.Globalization;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests;

/// <summary>A lake of one bucket and two ingests, in which the contacts have up to forty traces each.</summary>
public sealed class BucketPartsTests
{
    static readonly string[] Contacts =
    [
        .. Enumerable.Range(0, 60).Select(number => $"c{number:00}"),
        "it's",
        "åke",
        "c0",
        "z",
    ];

    readonly TestHome _home = new();

    [OneTimeSetUp]
    public void Ingest()
    {
        foreach (var day in (string[])["01", "02"])
        {
            var rows = Contacts.SelectMany(
                (contact, number) =>
                    Enumerable
                        .Range(0, 1 + (number * 7 % 40))
                        .Select(trace =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{day}-{number}-{trace},2026-01-{day}T10:{trace:00}:00Z,{contact},DE,de,2582,2\n"
                            )
                        )
            );
            _home.With(
                $"eures_inquiries/{day}.csv",
                "inquiry_id,received_at,contact_id,country,language,municipality_code,household_size\n"
                    + string.Concat(rows)
            );
            _home.With(
                $"consents/{day}.csv",
                "consent_id,contact_id,purpose,granted,at,provenance\n"
                    + string.Concat(
                        Contacts.Select((c, i) => $"{day}-{i},{c},profiling,true,2026-01-{day}T08:00:00Z,form\n")
                    )
            );
            Assert.That(Ingestion.Ingest.Run(_home.Folder, new IngestOptions(Buckets: 1)).Rejected, Is.Zero);
        }
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Parts_follow_each_other_and_every_row_is_in_one([Values(1, 7, 100, 500, 1000)] int traces)
    {
        var lake = Ingestion.Lake.Open(_home.Folder);
        using var database = Database.Open();
        using var connection = database.Connect();
        var parts = BucketParts.Of(connection, lake, 0, traces);

        Assert.That(parts[0].From, Is.Null);
        Assert.That(parts[^1].Below, Is.Null);
        Assert.That(parts.Skip(1).Select(part => part.From), Is.EqualTo(parts.SkipLast(1).Select(part => part.Below)));
        Assert.That(
            parts.Skip(1).Select(part => part.From),
            Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal)
        );
        foreach (var table in (string[])["traces", "consents"])
        {
            LakeViews.Create(connection, lake, 0);
            var all = Rows(connection, table);
            List<string> parted = [];
            foreach (var part in parts)
            {
                LakeViews.Create(connection, lake, 0, part);
                parted.AddRange(Rows(connection, table));
            }
            Assert.That(all, Is.Not.Empty);
            Assert.That(parted, Is.EqualTo(all), table);
        }
    }

    [Test]
    public void Parts_have_about_as_many_traces_as_asked_for()
    {
        var lake = Ingestion.Lake.Open(_home.Folder);
        using var database = Database.Open();
        using var connection = database.Connect();
        var parts = BucketParts.Of(connection, lake, 0, traces: 300);
        Assert.That(parts, Has.Count.EqualTo((lake.Count(LakeTable.Traces) + 299) / 300));
        foreach (var part in parts)
        {
            LakeViews.Create(connection, lake, 0, part);
            Assert.That(Rows(connection, "traces"), Has.Count.InRange(150, 600));
        }
    }

    [Test]
    public void A_bucket_of_no_more_traces_is_one_part()
    {
        var lake = Ingestion.Lake.Open(_home.Folder);
        using var database = Database.Open();
        using var connection = database.Connect();
        var parts = BucketParts.Of(connection, lake, 0, lake.Count(LakeTable.Traces));
        Assert.That(parts, Is.EqualTo([BucketPart.Whole]));
    }

    static IReadOnlyList<string> Rows(Connection connection, string table) =>
        connection.Rows(
            "rows",
            $"select {table}::varchar from {table} order by contact, {table}::varchar",
            (chunk, row) => chunk.Text(0, row)!
        );
}
