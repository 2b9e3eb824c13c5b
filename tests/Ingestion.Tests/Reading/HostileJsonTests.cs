using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>JSON lines that are broken, twofold, deep, or no lines at all.</summary>
[Parallelizable]
public sealed class HostileJsonTests : HostileFixture
{
    const string Whole = """{"id":"p","day":"2024-01-01","pages":1,"note":"x"}""";

    [Test]
    public void One_array_is_refused() =>
        AssertRefused(Read($"[{Whole}]", "a.json"), "the file is one JSON array. Expected NDJSON");

    [TestCase("""{"id":"q","day":"2024-01-01","note":"a","note":"b"}""", "note")]
    [TestCase("""{"id":"q","day":"2024-01-01","note":"","note":"b"}""", "note")]
    [TestCase("""{"id":"q","day":"2024-01-01","pages":null,"pages":2}""", "pages")]
    public void A_field_that_is_there_twice_is_rejected_whatever_its_values(string line, string field) =>
        AssertRows(Read($"{Whole}\n{line}\n", "a.json"), 2, 1, $"{field}: there twice, expected once", 2);

    [Test]
    public void Nesting_without_end_is_rejected_as_such()
    {
        var deep = new string('[', 500) + new string(']', 500);

        AssertRows(
            Read($$"""{"id":"q","day":"2024-01-01","more":{{deep}}}""" + $"\n{Whole}\n", "a.json"),
            2,
            1,
            "nested more than 64 deep, expected less",
            1
        );
    }

    [Test]
    public void Brackets_without_end_are_broken_JSON() =>
        AssertRows(
            Read("{\"id\":" + new string('[', 500) + $"\n{Whole}\n", "a.json"),
            2,
            1,
            "no valid JSON, expected one object on the line",
            1
        );

    [Test]
    public void A_byte_order_mark_before_JSON_lines_is_stepped_over()
    {
        var file = Read("\uFEFF" + Whole + "\n", "a.json");

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, "ndjson utf-8 with BOM")));
    }

    [TestCase("""{"id":"q","day":"2024-01-01"},""", TestName = "A comma behind each object is rejected")]
    [TestCase("""{"id":"q","day":"2024-01-01",}""", TestName = "A comma before the closing brace is rejected")]
    [TestCase(
        """{"id":"q","day":"2024-01-01"} {"id":"r","day":"2024-01-01"}""",
        TestName = "Two objects on a line are rejected"
    )]
    [TestCase("""{'id':'q','day':'2024-01-01'}""", TestName = "JSON in single quotes is rejected")]
    [TestCase("""{"id":"q","day":"2024-01-01","pages":NaN}""", TestName = "NaN in JSON is rejected")]
    [TestCase(
        """{"id":"q","day":"2024-01-01","note":"\ud800"}""",
        TestName = "Half a pair of surrogates in JSON is rejected"
    )]
    [TestCase("""{"id":"q","day":"2024-01-01","note":"a""", TestName = "A line that is cut off is rejected")]
    [TestCase("""{"id":"q","day":"2024-01-01"} // seen""", TestName = "A comment in JSON is rejected")]
    public void Broken_lines(string line)
    {
        var file = Read($"{Whole}\n{line}\n", "a.json");

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((2, 1, 1)));
        Assert.That(file.Reasons[0].FirstLine, Is.EqualTo(2));
        Assert.That(file.Reasons[0].Reason, Does.Match("^(no valid JSON|text behind the JSON object)"));
    }

    [Test]
    public void An_object_over_several_lines_is_rejected_line_by_line()
    {
        var file = Read("{\n\"id\":\"q\",\n\"day\":\"2024-01-01\"\n}\n", "a.json");

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((4, 0, 4)));
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_reject_their_line()
    {
        var file = Read(
            [
                .. Encoding.UTF8.GetBytes("""{"id":"p","day":"2024-01-01","note":"Överkalix"}""" + "\n"),
                .. "{\"id\":\"q\",\"day\":\"2024-01-01\",\"note\":\""u8,
                0xE5,
                .. "\"}\n"u8,
            ],
            "a.json"
        );

        AssertRows(file, 2, 1, "bytes that are no UTF-8, expected the file's encoding", 2);
    }

    [Test]
    public void Numbers_dates_and_truths_are_as_strict_as_in_text()
    {
        AssertRows(
            Read(
                """
                {"id":"p","day":"2024-01-01","pages":1.5}
                {"id":"q","day":20240101,"pages":1}
                {"id":"r","day":"2024-01-01","pages":true}
                {"id":"s","day":"2024-01-01","pages":"7","note":12}
                """ + "\n",
                "a.json"
            ),
            4,
            1,
            "pages: expected a whole number",
            1
        );
        Assert.That(Home.Rows("select value, trace_id from traces where contact = 's'"), Is.EqualTo(["7|12"]));
    }

    [Test]
    public void Fields_of_another_case_are_other_fields()
    {
        var file = Read("""{"ID":"q","day":"2024-01-01"}""" + "\n", "a.json");

        AssertRows(file, 1, 0, "id: empty, expected a value", 1);
        Assert.That(
            file.Warnings,
            Is.EqualTo([
                "fields that the source does not declare are ignored: ID",
                "fields that the source declares are on no line and taken for empty: pages, note",
            ])
        );
    }

    [Test]
    public void A_line_without_end_refuses_the_file() =>
        AssertRefused(
            Read("{\"id\":\"" + new string('x', 17 << 20), "a.json"),
            "line 1 is longer than 16 MiB. Expected one object a line."
        );

    [Test]
    public void JSON_lines_in_UTF_16_are_read()
    {
        var file = Read(
            Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Whole + "\r\n")).ToArray(),
            "a.json"
        );

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, "ndjson utf-16 little-endian")));
    }
}
