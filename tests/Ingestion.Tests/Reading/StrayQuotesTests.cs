namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Texts that cannot be read with quotes are read with quotes as letters, if nothing speaks against it, and the report says so.</summary>
[Parallelizable]
public sealed class StrayQuotesTests : HostileFixture
{
    [TestCase(
        "p,2024-01-01,1,x\nq,2024-01-02,2,\"open\nr,2024-01-03,3,z\n",
        3,
        "x/\"open/z",
        TestName = "A quote that is never closed"
    )]
    [TestCase(
        "p,2024-01-01,1,\"x\nq,2024-01-02,2,y\nr,2024-01-03,3,\"z\n",
        2,
        "\"x/y/\"z",
        TestName = "A quote that closes in the middle of another line's value"
    )]
    [TestCase(
        "p,2024-01-01,1,12\" wide\nq,2024-01-02,2,y\nr,2024-01-03,3,\" wide\n",
        4,
        "12\" wide/y/\" wide",
        TestName = "Inches, once without the number"
    )]
    [TestCase(
        "p,2024-01-01,1,x\nq,2024-01-02,2,\"y\" z\nr,2024-01-03,3,\"z\n",
        4,
        "x/\"y\" z/\"z",
        TestName = "A half quotation behind a whole one"
    )]
    public void Quotes_are_letters_when_every_line_is_a_record_then(string rows, int line, string notes)
    {
        var file = Read(Header + rows);

        Assert.That(file.State, Is.EqualTo(FileState.Ingested), file.Refusal);
        Assert.That((file.Read, file.Accepted), Is.EqualTo((3, 3)));
        Assert.That(file.Format, Is.EqualTo("csv ',' ascii quotes off"));
        Assert.That(
            file.Warnings,
            Is.EqualTo([
                $"quotes off: with the quote on line {line} as the beginning of a value the file cannot be read; "
                    + "with quotes as letters every line has the header's 4 fields, and so it was read",
            ])
        );
        Assert.That(
            string.Join(
                '/',
                Home.Rows("select trace_id from traces where contact in ('p', 'q', 'r') order by contact")
            ),
            Is.EqualTo(notes)
        );
        Assert.That(Note(), Does.Contain("\"mode\": \"quotes off\"").And.Contain($"\"line\": {line}"));
        Assert.That(CheckLake.Run(Home.Folder, hashing: true).Findings, Is.Empty);
    }

    [TestCase(
        "p,2024-01-01,1,\"x\"\nq,2024-01-02,2,\"open\n",
        "is never closed",
        TestName = "Other values are enclosed"
    )]
    [TestCase(
        "p,2024-01-01,1,\"x\nq,2024-01-02,2,y\"\nr,2024-01-03,3,\"open\n",
        "is never closed",
        TestName = "A value may have gone over two lines"
    )]
    [TestCase(
        "p,2024-01-01,1,a \"\"b\"\" c\nq,2024-01-02,2,\"open\n",
        "is never closed",
        TestName = "Quotes are doubled elsewhere"
    )]
    [TestCase("p,2024-01-01,1,\"open\nq,2024-01-02,2\n", "is never closed", TestName = "A line has fewer fields")]
    [TestCase(
        "p,2024-01-01,1,\"open, more\nq,2024-01-02,2,y\n",
        "is never closed",
        TestName = "A line has more fields"
    )]
    [TestCase("p,2024-01-01,1,\"open\nq,2024-01-02,2,y", "is never closed", TestName = "The last line is cut off")]
    public void The_file_stays_refused_when_quotes_may_enclose_or_a_line_is_no_record(string rows, string expected)
    {
        AssertRefused(Read(Header + rows), expected);
    }

    [Test]
    public void A_quote_in_the_header_speaks_for_quotes() =>
        AssertRefused(
            Read("id,day,pages,\"note\"\np,2024-01-01,1,\"open\n"),
            "a quote opened on line 2 is never closed"
        );

    [Test]
    public void A_single_column_stays_refused()
    {
        Home.WithSource(
            "names.sql",
            "-- source: names\n-- yields: traces\n-- columns:\n--   id  text required\nselect id as contact, timestamp '2024-01-01' as at, 'x' as kind from raw\n"
        );

        Assert.That(
            Home.With("names/a.csv", "id\np\n\"q\nr\n").Ingest().Refused.Single().Refusal,
            Does.Contain("a quote opened on line 3 is never closed")
        );
    }

    [Test]
    public void Rows_that_do_not_fit_are_rejected_as_they_stand_in_the_file()
    {
        var file = Read(Header + "p,2024-01-01,1,x\nq,\"2024-01-02,2,y\nr,2024-01-03,\"3,z\ns,2024-01-04,4,\n");

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((4, 2, 2)));
        Assert.That(
            Home.Rejects(file)[0],
            Does.Contain("\"line\":3").And.Contain("day: expected a date").And.Contain("q,\\\"2024-01-02,2,y")
        );
    }

    [TestCase(1_000_000)]
    [TestCase(2)]
    public void What_earlier_slices_and_files_brought_is_counted_once(int slice)
    {
        const string Rows = "p,2024-01-01,1,x\nq,never,2,y\np,2024-01-01,1,x\nr,2024-01-03,3,z\n";
        Home.With("visits/bad.csv", Header + Rows + "s,2024-01-04,4,\"open\nt,2024-01-05,5,w\n");
        Home.With("visits/c.csv", Header + "t,2024-01-05,5,w\nu,2024-01-06,6,v\n");

        var report = Ingest.Run(Home.Folder, new IngestOptions(SliceRows: slice, GroupBytes: slice));

        Assert.That(
            report.Files.Select(file => (file.Path, file.Read, file.Accepted, file.Rejected, file.Duplicate)),
            Is.EqualTo([
                ("visits/bad.csv", 6L, 4L, 1L, 1L),
                ("visits/c.csv", 2L, 1L, 0L, 1L),
                ("visits/good.csv", 2L, 2L, 0L, 0L),
            ])
        );
        Assert.That(Home.Rows("select count(*), count(distinct contact) from traces"), Is.EqualTo(["7|7"]));
        Assert.That(Home.Ingest().Changed, Is.False);
    }

    string Note() =>
        string.Concat(Directory.GetFiles(Path.Combine(Home.LakeFolder, "batches")).Select(File.ReadAllText));
}
