using System.Text;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

/// <summary>Which texts are a category and which an id.</summary>
public sealed class CategoryTests
{
    static TableRead Read(int rows, Func<int, string> text) =>
        TableFiles.Read(
            Enumerable
                .Range(0, rows)
                .Aggregate(new StringBuilder("n,c,y\n"), (t, row) => t.Append($"{row},{text(row)},{row % 2}\n"))
                .ToString(),
            new TableColumns { Label = "y" }
        );

    [Test]
    public void Postal_codes_that_come_back_are_a_category()
    {
        var read = Read(50_000, row => $"S{row * 7919 % 3000:0000}");
        Assert.That(read.Table.Features[1].Levels, Has.Count.EqualTo(3000));
        Assert.That(read.Table.Features[1].Levels.Take(2), Is.EqualTo(["S0000", "S0001"]));
        Assert.That(read.Table.Columns[1].Take(3), Is.EqualTo([0f, 1919f, 838f]));
        Assert.That(read.Warnings, Is.Empty);
    }

    [TestCase(20, 20, true)]
    [TestCase(21, 21, false)]
    [TestCase(42, 21, true)]
    [TestCase(41, 21, false)]
    public void More_than_20_texts_must_stand_in_two_rows_on_average(int rows, int texts, bool isCategory) =>
        Assert.That(Read(rows, row => $"t{row % texts}").Table.Features, Has.Count.EqualTo(isCategory ? 2 : 1));

    [Test]
    public void Rows_without_a_text_do_not_make_an_id_a_category()
    {
        var read = Read(1000, row => row < 30 ? $"t{row}" : "");
        Assert.That(read.Table.Features, Has.Count.EqualTo(1));
        Assert.That(read.Warnings, Is.EqualTo(["'c' is left out: 30 different texts look like an id or free text"]));
    }

    [TestCase(50_000, true)]
    [TestCase(50_001, false)]
    public void There_is_a_most_that_a_category_can_have(int texts, bool isCategory)
    {
        var read = Read(2 * texts, row => $"t{row % texts}");
        Assert.That(read.Table.Features, Has.Count.EqualTo(isCategory ? 2 : 1));
        Assert.That(
            read.Warnings,
            Is.EqualTo<string[]>(
                isCategory ? [] : ["'c' is left out: more than 50000 different texts look like an id or free text"]
            )
        );
    }

    [Test]
    public void Of_a_level_only_the_empty_text_is_missing()
    {
        var read = Read(4, row => ((string[])["NA", "", "SE", "null"])[row]);
        Assert.That(read.Table.Features[1].Levels, Is.EqualTo(["NA", "SE", "null"]));
        Assert.That(read.Table.Columns[1], Is.EqualTo([0f, float.NaN, 1f, 2f]));
    }

    [Test]
    public void Numbers_with_one_text_among_them_late_in_the_file_are_levels_from_the_first_row_on()
    {
        var read = Read(200, row => row == 199 ? "A" : $"{row % 9}");
        Assert.That(read.Table.Features[1].Levels, Is.EqualTo(["0", "1", "2", "3", "4", "5", "6", "7", "8", "A"]));
        Assert.That(read.Table.Columns[1].Take(3), Is.EqualTo([0f, 1f, 2f]));
        Assert.That(read.Table.Columns[1][199], Is.EqualTo(9f));
    }

    [TestCase("x", "it has one value only")]
    [TestCase("7", "it has one value only")]
    [TestCase("NA", "it is empty")]
    public void One_text_in_every_row_says_nothing(string text, string why) =>
        Assert.That(Read(3, _ => text).Warnings, Is.EqualTo([$"'c' is left out: {why}"]));

    [TestCase("x")]
    [TestCase("7")]
    public void One_text_in_some_rows_says_something(string text) =>
        Assert.That(Read(3, row => row == 1 ? "" : text).Table.Features, Has.Count.EqualTo(2));

    [Test]
    public void One_number_written_in_two_ways_is_one_value() =>
        Assert.That(
            Read(3, row => row == 1 ? "1.0" : "1").Warnings,
            Is.EqualTo(["'c' is left out: it has one value only"])
        );
}
