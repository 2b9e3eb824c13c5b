namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Rows and headers as they should not be: each file reconciles to the last record or is refused by name; the others go on.</summary>
[Parallelizable]
public sealed class HostileFilesTests : HostileFixture
{
    [TestCase(
        "a,2024-01-01,1,\"x\"\nb,2024-01-02,2,\"open\nc,2024-01-03,3,z\n",
        "a quote opened on line 3 is never closed"
    )]
    [TestCase(
        "a,2024-01-01,1,x\nb,2024-01-02,2,\"open\nc,2024-01-03,3,\"z\"\n",
        "a quote opened on line 3 closes on line 4 in the middle of a field"
    )]
    public void An_unbalanced_quote_refuses_the_file_with_its_line(string rows, string expected)
    {
        AssertRefused(Read(Header + rows), expected);
    }

    [Test]
    public void A_quote_that_swallows_lines_and_leaves_a_ragged_record_refuses_the_file()
    {
        var file = Read(Header + "a,2024-01-01,1,\"x\nb,2024-01-02,2,y\nc,2024-01-03,3,\",z\nd,2024-01-04,1,x\n");

        AssertRefused(file, "a quote opened on line 2 closes on line 4, and the record then has 5 fields, expected 4");
    }

    [Test]
    public void Text_after_a_closing_quote_on_one_line_rejects_that_row()
    {
        AssertRows(
            Read(Header + "a,2024-01-01,1,\"x\" y\nb,2024-01-02,2,y\n"),
            2,
            1,
            "text after a closing quote, expected a delimiter or the line's end",
            2
        );
    }

    [Test]
    public void Swapped_header_names_show_up_as_rejected_rows()
    {
        AssertRows(
            Read("id,pages,day,note\np,2024-01-01,1,x\nq,2024-01-02,2,y\n"),
            2,
            0,
            "day: expected a date like yyyy-mm-dd",
            2
        );
    }

    [Test]
    public void Columns_in_another_order_or_case_and_extra_ones_are_fine()
    {
        var file = Read("Note;PAGES;extra;Day; id \nx;1;!;2024-01-01;p\n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, 1)));
        Assert.That(file.Warnings, Is.EqualTo(["columns that the source does not declare are ignored: extra"]));
    }

    [TestCase(
        "id,days,pages,note\np,2024-01-01,1,x\n",
        "column 'day' is missing (did you mean 'days'?). Mend the header"
    )]
    [TestCase("id,day,pages,note,day\np,2024-01-01,1,x,2024-01-01\n", "column 'day' is there 2 times")]
    [TestCase(
        "p,2024-01-01,1,x\nq,2024-01-02,2,y\n",
        "the first line has 4 fields (delimiter ',') and none of the source's columns. Expected a header with id, day, pages, note."
    )]
    public void A_header_that_does_not_fit_refuses_the_file(string text, string expected)
    {
        AssertRefused(Read(text), expected);
    }

    [Test]
    public void Rows_with_too_few_or_too_many_fields_are_rejected_with_their_lines()
    {
        var file = Read(Header + "p,2024-01-01,1,x\nq,2024-01-02,2\nr,2024-01-03,3,z,more\n\ns,2024-01-04,4,\n");

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((4, 2, 2)));
        Assert.That(
            file.Reasons,
            Is.EqualTo([new RejectReason("3 fields, expected 4", 1, 3), new RejectReason("5 fields, expected 4", 1, 4)])
        );
        Assert.That(
            Home.Rejects(file)[1],
            Is.EqualTo(
                """{"file":"visits/bad.csv","line":4,"reason":"5 fields, expected 4","text":"r,2024-01-03,3,z,more"}"""
            )
        );
    }

    [Test]
    public void Line_ends_may_be_mixed()
    {
        var file = Read("id,day,pages,note\r\np,2024-01-01,1,x\nq,2024-01-02,2,y\rr,2024-01-03,3,\"a\r\nb\"\r\nbad\n");

        AssertRows(file, 4, 3, "1 fields, expected 4", 6);
    }

    [Test]
    public void A_last_line_without_its_end_counts_when_it_is_whole_and_is_warned_about()
    {
        var whole = Read(Header + "p,2024-01-01,1,x\nq,2024-01-02,2,y");
        var cut = Read(Header + "r,2024-01-01,1,x\ns,2024-01-0", "cut.csv");

        Assert.That((whole.Read, whole.Accepted), Is.EqualTo((2, 2)));
        Assert.That(whole.Warnings, Is.EqualTo(["the last line (3) has no line end; was the file cut off?"]));
        AssertRows(cut, 2, 1, "2 fields, expected 4; the file ends inside this line", 3);
    }

    [Test]
    public void One_and_a_half_is_no_whole_number()
    {
        AssertRows(Read(Header + "p,2024-01-01,1.5,x\nq,2024-01-02,2,y\n"), 2, 1, "pages: expected a whole number", 2);
    }

    [Test]
    public void A_bad_line_of_NDJSON_is_rejected_with_its_number()
    {
        var file = Read(
            """
            {"id":"p","day":"2024-01-01","pages":1,"note":"x"}
            {"id":"q","day":"2024-01-02","pages":
            [1]

            {"id":"r","day":"2024-01-03","pages":1.5}
            {"day":"2024-01-03","pages":1}
            {"id":"s","day":"2024-01-03","pages":null,"note":"a\u0000b"}
            {"id":"t","day":"2024-01-03","pages":7,"note":"\u00e5 \"q\"","more":true}
            """
        );

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((7, 2, 5)));
        Assert.That(
            file.Reasons.Select(reason => (reason.Reason.Split(',')[0], reason.FirstLine)),
            Is.EquivalentTo([
                ("no valid JSON", 2L),
                ("no JSON object", 3L),
                ("pages: expected a whole number", 5L),
                ("id: empty", 6L),
                ("note: a NUL byte", 7L),
            ])
        );
        Assert.That(Home.Rows("select value, trace_id from traces where contact = 't'"), Is.EqualTo(["7|å \"q\""]));
    }

    [Test]
    public void A_file_in_a_folder_without_a_source_is_named_with_a_suggestion()
    {
        Home.With("visit/x.csv", Good);

        var refused = Home.Ingest().Refused.Single();

        Assert.That(
            refused.Refusal,
            Does.StartWith("inbox/visit/x.csv: there is no source 'visit' (did you mean 'visits'?)")
        );
    }
}
