namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Headers that are not where or as they should be.</summary>
[Parallelizable]
public sealed class HostileHeadersTests : HostileFixture
{
    [Test]
    public void The_header_once_more_in_the_middle_is_rejected()
    {
        AssertRows(
            Read(Header + "p,2024-01-01,1,x\n" + Header + "q,2024-01-02,2,y\n"),
            3,
            2,
            "the header once more, expected a row",
            3
        );
    }

    [Test]
    public void Two_files_in_one_with_their_marks_show_the_second_header()
    {
        AssertRows(
            Read("\uFEFF" + Header + "p,2024-01-01,1,x\n\uFEFF" + Header + "q,2024-01-02,2,y\n"),
            3,
            2,
            "the header once more, expected a row",
            3
        );
    }

    [Test]
    public void A_byte_order_mark_in_the_middle_does_not_become_part_of_an_id()
    {
        AssertRows(
            Read(Header + "p,2024-01-01,1,x\n\uFEFFq,2024-01-02,2,y\n"),
            2,
            1,
            "a byte order mark in the middle of the file, expected text",
            3
        );
    }

    [Test]
    public void Excel_s_line_that_says_the_delimiter_is_followed()
    {
        var file = Read("sep=;\r\nid;day;pages;note\r\np;2024-01-01;1;a,b\r\nq;soon;1;x\r\n");

        AssertRows(file, 2, 1, "day: expected a date like yyyy-mm-dd", 4);
        Assert.That((file.Format, file.Warnings), Is.EqualTo(("csv ';' ascii", Array.Empty<string>())));
        Assert.That(Home.Rows("select trace_id from traces where contact = 'p'"), Is.EqualTo(["a,b"]));
    }

    [Test]
    public void The_delimiter_that_is_said_may_be_any_sign()
    {
        var file = Read("sep=^\nid^day^pages^note\np^2024-01-01^1^x\n");

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, "csv '^' ascii")), file.Refusal);
    }

    [Test]
    public void A_title_above_the_header_is_stepped_over_and_told()
    {
        var file = Read(
            "Visits of the spring\n# exported by hand\n\nid,day,pages,note\np,2024-01-01,1,x\nq,never,1,x\n"
        );

        AssertRows(file, 2, 1, "day: expected a date like yyyy-mm-dd", 6);
        Assert.That(file.Warnings, Is.EqualTo(["the header is on line 4; what stands above it is not read"]));
    }

    [Test]
    public void Rejected_rows_below_a_title_go_out_under_their_own_header()
    {
        Read("sep=;\nVisits;\nid;day;pages;note\np;never;1;x\n");
        var target = Path.Combine(Home.Folder, "mend.csv");

        RejectedRows.Export(Home.Folder, "visits", target, CancellationToken.None);

        Assert.That(File.ReadAllText(target), Is.EqualTo("id;day;pages;note\np;never;1;x\n"));
    }

    [Test]
    public void A_header_far_below_its_title_is_not_looked_for()
    {
        AssertRefused(
            Read(string.Concat(Enumerable.Repeat("a report\n", 40)) + Good),
            "the first line has 1 fields (delimiter ',') and none of the source's columns"
        );
    }

    [Test]
    public void Totals_below_the_rows_are_rejected()
    {
        AssertRows(Read(Header + "p,2024-01-01,1,x\nTotal,,1,\n"), 2, 1, "day: empty, expected a value", 3);
    }

    [Test]
    public void Signs_that_nobody_sees_do_not_make_another_name()
    {
        var file = Read("\uFEFF\uFEFFid,d\u00ADay,pa\u200Bges,\u00A0note\u00A0\np,2024-01-01,1,x\n");

        Assert.That((file.Read, file.Accepted, file.Warnings.Count), Is.EqualTo((1, 1, 0)), file.Refusal);
    }

    [Test]
    public void Names_are_the_same_however_their_marks_are_composed()
    {
        using var home = new TestHome()
            .WithSource(
                "m.sql",
                "-- source: m\n-- yields: traces\n-- columns:\n--   år  text required\n--   day  date required\nselect år as contact, day as at, 'x' as kind from raw\n"
            )
            .With("m/a.csv", "A\u030Ar,day\np,2024-01-01\n");

        Assert.That(home.IngestOne().Accepted, Is.EqualTo(1));
    }

    [Test]
    public void A_header_alone_in_quotes_is_a_header() =>
        Assert.That(Read("\"id\",\"day\",\"pages\",\"note\"\np,2024-01-01,1,x\n").Accepted, Is.EqualTo(1));

    [Test]
    public void A_header_over_two_lines_is_read_and_lines_count_on()
    {
        AssertRows(
            Read("id,day,pages,note,\"long\nname\"\np,2024-01-01,1,x,1\nq,never,1,x,1\n"),
            2,
            1,
            "day: expected a date like yyyy-mm-dd",
            4
        );
    }

    [Test]
    public void A_header_with_an_open_quote_refuses_the_file() =>
        AssertRefused(Read("id,day,pages,\"note\np,2024-01-01,1,x\n"), "none of the source's columns");

    [Test]
    public void A_delimiter_at_the_end_of_every_line_makes_a_column_without_a_name()
    {
        var file = Read("id,day,pages,note,\np,2024-01-01,1,x,\n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, 1)));
        Assert.That(
            file.Warnings,
            Is.EqualTo(["columns that the source does not declare are ignored: one without a name"])
        );
    }

    [Test]
    public void A_delimiter_at_the_end_of_the_rows_only_rejects_them() =>
        AssertRows(Read(Header + "p,2024-01-01,1,x,\n"), 1, 0, "5 fields, expected 4", 2);

    [Test]
    public void Ten_thousand_columns_are_told_in_a_few_words()
    {
        var more = Enumerable.Range(0, 10_000).Select(column => $"more{column}").ToArray();
        var file = Read(
            $"id,day,pages,note,{string.Join(',', more)}\np,2024-01-01,1,x{new string(',', 10_000)}\nq,2024-01-01,1,x\n"
        );

        AssertRows(file, 2, 1, "4 fields, expected 10004", 3);
        Assert.That(file.Warnings[0], Does.EndWith("more18, more19, and 9980 more").And.Length.LessThan(300));
    }

    [TestCase("id:day:pages:note\np:2024-01-01:1:x\n")]
    [TestCase("id day pages note\np 2024-01-01 1 x\n")]
    [TestCase("{\\rtf1 id,day,pages,note}\n")]
    [TestCase("<html><table><tr><td>id</td><td>day</td></tr></table></html>\n")]
    [TestCase("%PDF-1.7\n%\n1 0 obj\n")]
    public void What_is_no_table_of_these_columns_is_refused(string text)
    {
        // a text in braces is taken for JSON lines, whose rows are rejected one by one
        if (text.StartsWith('{'))
            AssertRows(Read(text), 1, 0, "no valid JSON, expected one object on the line", 1);
        else
            AssertRefused(Read(text), "none of the source's columns. Expected a header with id, day, pages, note.");
    }
}
