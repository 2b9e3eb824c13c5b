using System.Globalization;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Values that look like what they are not; and rows of a strange shape.</summary>
[Parallelizable]
public sealed class HostileValuesTests : HostileFixture
{
    const string Expected = "pages: expected a whole number";

    const string Local = """
        -- source: local
        -- yields: traces
        -- columns:
        --   id     text required
        --   seen   timestamp required format '%d/%m/%Y %H:%M' zone Europe/Stockholm
        --   share  number decimal ,
        --   sure   boolean
        select id as contact, seen as at, 'visit' as kind, share as value, sure::varchar as trace_id from raw
        """;

    [TestCase("9223372036854775808", Expected, TestName = "A number that is too large for 64 bits is rejected")]
    [TestCase("1e3", Expected, TestName = "A whole number with an exponent is rejected")]
    [TestCase("0x1F", Expected, TestName = "A number in hexadecimal is rejected")]
    [TestCase("1 000", Expected, TestName = "A number in groups of three is rejected")]
    [TestCase("1\u00A0000", Expected, TestName = "A number with a hard blank in it is rejected")]
    [TestCase("١٢", Expected, TestName = "A number in other digits than 0 to 9 is rejected")]
    [TestCase("--5", Expected, TestName = "A number with two signs is rejected")]
    [TestCase("\u22125", Expected, TestName = "A number with a typographic minus is rejected")]
    [TestCase("NaN", Expected, TestName = "NaN is no whole number")]
    [TestCase("NULL", Expected, TestName = "The word NULL is no number")]
    [TestCase("=1+1", Expected, TestName = "A formula is no number")]
    public void A_value_that_is_no_whole_number(string pages, string reason) =>
        AssertRows(Read(Header + $"p,2024-01-01,{pages},x\nq,2024-01-02,2,y\n"), 2, 1, reason, 2);

    [TestCase("2024-02-30", TestName = "A day that is not in the calendar is rejected")]
    [TestCase("2023-02-29", TestName = "A leap day of another year is rejected")]
    [TestCase("2024-13-01", TestName = "A thirteenth month is rejected")]
    [TestCase("0000-00-00", TestName = "A date of zeros is rejected")]
    [TestCase("24-01-02", TestName = "A year of two digits is rejected")]
    [TestCase("01/02/2024", TestName = "A date of another format is rejected")]
    [TestCase("2024-1-2", TestName = "A date without leading zeros is rejected")]
    [TestCase("45292", TestName = "A serial day of a spreadsheet in a CSV is rejected")]
    [TestCase("2024-01-02T00:00:00", TestName = "A time where a date is expected is rejected")]
    public void A_value_that_is_no_date(string day) =>
        AssertRows(Read(Header + $"p,{day},1,x\nq,2024-01-02,2,y\n"), 2, 1, "day: expected a date like yyyy-mm-dd", 2);

    [Test]
    public void A_date_beyond_all_people_is_rejected_by_the_table() =>
        AssertRows(
            Read(Header + "p,0001-01-01,1,x\nq,9999-12-31,1,x\nr,2024-01-02,2,y\n"),
            3,
            1,
            "a time (at) that cannot be, expected 1900 to 2199",
            2
        );

    [TestCase("13/01/2024 10:00", "2024-01-13 09:00:00", TestName = "Day and month stand as the source says")]
    [TestCase("01/13/2024 10:00", null, TestName = "Month and day the other way round are rejected")]
    [TestCase("31/03/2024 02:30", null, TestName = "The hour that spring leaves out is rejected")]
    [TestCase("27/10/2024 02:30", "2024-10-27 00:30:00", TestName = "The hour that autumn has twice is its first")]
    [TestCase("27/10/2024 03:30", "2024-10-27 02:30:00", TestName = "The hour after the doubled one is itself")]
    public void Local_times_of_Sweden(string seen, string? expected)
    {
        var file = ReadLocal($"id;seen;share;sure\np;{seen};1,5;ja\n");

        Assert.That((file.Read, file.Rejected), Is.EqualTo((1, expected is null ? 1 : 0)));
        Assert.That(
            Home.Rows("select \"at\" from traces where contact = 'p'"),
            Is.EqualTo(expected is null ? [] : new[] { expected })
        );
        if (expected is null)
            Assert.That(
                file.Reasons[0].Reason,
                Is.EqualTo("seen: expected a time like %d/%m/%Y %H:%M that exists in Europe/Stockholm")
            );
    }

    [TestCase("1e400", TestName = "A number beyond a double is rejected")]
    [TestCase("1.5", TestName = "A decimal point where a comma is declared is rejected")]
    [TestCase("1.234,5", TestName = "A point between thousands is rejected")]
    [TestCase("inf", TestName = "Infinity is no number")]
    [TestCase("5 %", TestName = "A number with its unit is rejected")]
    [TestCase("12,5 kr", TestName = "A number with a currency is rejected")]
    public void A_value_that_is_no_number_with_a_comma(string share)
    {
        var file = ReadLocal($"id;seen;share;sure\np;01/02/2024 10:00;{share};ja\nq;01/02/2024 10:00;-0,5;NEJ\n");

        AssertRows(file, 2, 1, "share: expected a number with a decimal comma", 2);
        Assert.That(Home.Rows("select value, trace_id from traces where contact = 'q'"), Is.EqualTo(["-0.5|false"]));
    }

    [TestCase("Y")]
    [TestCase("on")]
    [TestCase("2")]
    [TestCase("sant")]
    [TestCase("tru")]
    public void An_odd_truth_is_rejected(string sure) =>
        AssertRows(
            ReadLocal($"id;seen;share;sure\np;01/02/2024 10:00;1;{sure}\n"),
            1,
            0,
            "sure: expected true or false",
            2
        );

    [Test]
    public void Blanks_around_a_value_are_no_fault_and_stay_in_texts()
    {
        var file = Read(Header + " p ,\t2024-01-01 , 1\t,  x  \n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, 1)));
        Assert.That(
            Home.Rows("select contact, value, '<' || trace_id || '>' from traces where contact like '%p%'"),
            Is.EqualTo(["p|1|<x>"])
        );
    }

    [Test]
    public void A_field_of_a_mebibyte_is_whole()
    {
        var text = new string('å', 1 << 19);
        var file = Read(Header + $"p,2024-01-01,1,{text}\nq,2024-01-01,1,\"{text}\"\n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((2, 2)));
        Assert.That(
            Home.Rows("select strlen(trace_id) from traces where contact in ('p', 'q')"),
            Is.EqualTo(["1048576", "1048576"])
        );
    }

    [Test]
    public void A_record_that_does_not_end_refuses_the_file() =>
        AssertRefused(
            Read(Header + "p,2024-01-01,1,\"" + new string('x', 17 << 20)),
            "a quote opened on line 2 is not closed within 16 MiB"
        );

    [Test]
    public void A_quote_inside_a_field_is_a_letter_and_told()
    {
        var file = Read(Header + "p,2024-01-01,1,the \"north\"\nq,2024-01-01,1,y\nr,2024-01-01,1, \"s\"\n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((3, 3)));
        Assert.That(
            file.Warnings,
            Is.EqualTo([
                "a quote inside a field that does not begin with one is read as a letter (rows: 2, the first on line 2)",
            ])
        );
        Assert.That(
            Home.Rows("select trace_id from traces where contact in ('p', 'r') order by contact"),
            Is.EqualTo(["the \"north\"", "\"s\""])
        );
    }

    [TestCase("\"\"\"\"", "\"", TestName = "A field of one doubled quote is a quote")]
    [TestCase("\"\"", "", TestName = "A field of two quotes is empty")]
    [TestCase("\"a\"\"b\"", "a\"b", TestName = "A doubled quote inside quotes is one")]
    [TestCase("\"a,b\"", "a,b", TestName = "A delimiter inside quotes is a letter")]
    [TestCase("\"a\r\n\r\nb\"", "a\r\n\r\nb", TestName = "Line breaks inside quotes stay as they are")]
    [TestCase("'a'", "'a'", TestName = "Single quotes are letters")]
    [TestCase("a\\,2", null, TestName = "A backslash saves no delimiter")]
    public void Quotes_of_all_kinds(string field, string? expected)
    {
        var file = Read(Header + $"p,2024-01-01,1,{field}\n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, expected is null ? 0 : 1)));
        if (expected is not null)
            Assert.That(
                Home.Rows("select coalesce(trace_id, '') from traces where contact = 'p'"),
                Is.EqualTo([expected])
            );
    }

    [Test]
    public void Blank_lines_between_rows_are_no_records()
    {
        AssertRows(
            Read("\n\n" + Header + "\n\np,2024-01-01,1,x\n\r\n\rq,never,1,x\n\n\n"),
            2,
            1,
            "day: expected a date like yyyy-mm-dd",
            9
        );
    }

    [Test]
    public void A_line_of_blanks_or_delimiters_is_a_row_and_rejected()
    {
        var file = Read(Header + "   \n,,,\np,2024-01-01,1,x\n");

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((3, 1, 2)));
        Assert.That(
            file.Reasons.Select(reason => (reason.Reason, reason.FirstLine)),
            Is.EqualTo([("1 fields, expected 4", 2L), ("id: empty, expected a value", 3L)])
        );
    }

    [Test]
    public void Carriage_returns_that_were_doubled_make_blank_lines()
    {
        AssertRows(
            Read(Header.TrimEnd() + "\r\r\np,2024-01-01,1,x\r\r\nq,never,1,x\r\r\n"),
            2,
            1,
            "day: expected a date like yyyy-mm-dd",
            5
        );
    }

    [Test]
    public void The_end_mark_of_old_systems_is_rejected_as_a_row()
    {
        AssertRows(
            Read(Header + "p,2024-01-01,1,x\n\u001A"),
            2,
            1,
            "1 fields, expected 4; the file ends inside this line",
            3
        );
    }

    [Test]
    public void Equal_rows_with_an_identity_count_once_within_a_file()
    {
        var file = Read(Header + "p,2024-01-01,1,x\np,2024-01-05,9,other\nq,2024-01-01,1,x\n");

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((3, 2, 0, 1)));
    }

    [Test]
    public void A_hundred_thousand_bad_rows_are_all_kept_with_their_lines()
    {
        var text = new StringBuilder(Header);
        for (var row = 0; row < 100_000; row++)
            text.Append(CultureInfo.InvariantCulture, $"p{row},never,1,x\n");

        var file = Read(text.ToString());

        AssertRows(file, 100_000, 0, "day: expected a date like yyyy-mm-dd", 2);
        Assert.That(Home.Rejects(file), Has.Count.EqualTo(100_000));
        Assert.That(Home.Rejects(file)[^1], Does.Contain("\"line\":100001,"));
    }

    FileReport ReadLocal(string text) =>
        Home.WithSource("local.sql", Local)
            .With("local/a.csv", text)
            .Ingest()
            .Files.Single(file => file.Source.Length == 5);
}
