using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public class ReadTableTests
{
    static readonly TableColumns _y = new() { Label = "y" };

    [Test]
    public void Columns_are_numbers_truths_days_or_levels_as_their_values_say()
    {
        var read = TableFiles.Read(
            """
            n;b;d;c;comma;zip;y
            1.5;yes;2025-01-01;NL;1,5;01234;no
            ?;no;NA;DE;;98000;yes
            -2e3;;2024-12-31T12:00:00Z;;-3;01234;no
            """,
            _y
        );
        Assert.That(
            read.Table.Features.Select(f => $"{f.Name} {f.Type} {f.Unit} {string.Join('|', f.Levels)}".TrimEnd()),
            Is.EqualTo([
                "n Numeric value",
                "b Numeric 0/1",
                "d Numeric days since 1970",
                "c Categorical level DE|NL",
                "comma Numeric value",
                "zip Categorical level 01234|98000",
            ])
        );
        Assert.That(read.Table.Columns[0], Is.EqualTo([1.5f, float.NaN, -2000f]));
        Assert.That(read.Table.Columns[1], Is.EqualTo([1f, 0f, float.NaN]));
        Assert.That(read.Table.Columns[2], Is.EqualTo([20089f, float.NaN, 20088.5f]));
        Assert.That(read.Table.Columns[3], Is.EqualTo([1f, 0f, float.NaN]));
        Assert.That(read.Table.Columns[4], Is.EqualTo([1.5f, float.NaN, -3f]));
        Assert.That(read.Table.Columns[5], Is.EqualTo([0f, 1f, 0f]));
        Assert.That(read.Table.Labels, Is.EqualTo([0f, 1f, 0f]));
        Assert.That(read.Warnings, Is.Empty);
    }

    [Test]
    public void Rows_are_numbered_when_nothing_names_them_and_keep_their_order()
    {
        var read = TableFiles.Read("a,y\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"{i},{i % 2}\n")), _y);
        Assert.That(read.Table.Contacts.Take(2).Append(read.Table.Contacts[^1]), Is.EqualTo(["01", "02", "12"]));
        Assert.That(read.Table.Columns[0], Is.EqualTo(Enumerable.Range(1, 12).Select(i => (float)i)));
    }

    [Test]
    public void A_time_column_sorts_the_rows_and_is_no_feature()
    {
        var read = TableFiles.Read(
            "id,day,a,y\nx,2025-03-01,1,0\nz,2025-01-01,2,1\nb,2025-01-01,3,0\n",
            _y with
            {
                Id = "id",
                Time = "day",
            }
        );
        Assert.That(read.Table.Contacts, Is.EqualTo(["b", "z", "x"]));
        Assert.That(read.Table.Columns[0], Is.EqualTo([3f, 2f, 1f]));
        Assert.That(read.Table.Labels, Is.EqualTo([0f, 1f, 0f]));
        Assert.That(read.Table.AsOf[2], Is.EqualTo(new DateTime(2025, 3, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.That(read.Table.Features.Select(f => f.Name), Is.EqualTo(["a"]));
    }

    [Test]
    public void A_time_in_numbers_is_in_days()
    {
        var read = TableFiles.Read("day,a,y\n10,1,0\n-5.5,2,1\n", _y with { Time = "day" });
        Assert.That(read.Table.AsOf[1] - read.Table.AsOf[0], Is.EqualTo(TimeSpan.FromDays(15.5)));
    }

    [Test]
    public void The_order_of_the_file_is_that_of_time_when_asked_for()
    {
        var read = TableFiles.Read("id,a,y\nz,1,0\na,2,1\n", _y with { Id = "id", FileOrder = true });
        Assert.That(read.Table.Contacts, Is.EqualTo(["z", "a"]));
        Assert.That(read.Table.AsOf[1] - read.Table.AsOf[0], Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Dropped_empty_constant_and_id_like_columns_are_no_features()
    {
        var rows = Enumerable.Range(0, 50).Select(i => $"{i},x,,name{i},{i},{i % 2}\n");
        var read = TableFiles.Read(
            "a,same,empty,name,dropped,y\n" + string.Concat(rows),
            _y with
            {
                Drop = ["dropped"],
            }
        );
        Assert.That(read.Table.Features.Select(f => f.Name), Is.EqualTo(["a"]));
        Assert.That(
            read.Warnings,
            Is.EqualTo([
                "'same' is left out: it has one value only",
                "'empty' is left out: it is empty",
                "'name' is left out: 50 different texts look like an id or free text",
            ])
        );
    }

    [Test]
    public void Weights_are_read()
    {
        var read = TableFiles.Read("a,w,y\n1,0.5,0\n2,2,1\n", _y with { Weight = "w" });
        Assert.That(read.Table.Weights, Is.EqualTo([0.5f, 2f]));
        Assert.That(read.Table.Features.Select(f => f.Name), Is.EqualTo(["a"]));
    }

    [TestCase("a,y\n1,0\n2,1\n", "Y", "has no column 'Y' for the label, it has a, y; did you mean 'y'?")]
    [TestCase("a,y\n1,0\n2,\n", "y", "Row 2: the label 'y' is missing")]
    [TestCase(
        "a,y\n1,won\n2,lost\n3,open\n",
        "y",
        "Row 3: the label 'y' is 'open', a third value beside 'won' and 'lost'"
    )]
    [TestCase("a,y\n1,0\n2,0\n", "y", "The label 'y' is '0' in every row")]
    [TestCase("a,y\n", "y", "has no rows")]
    [TestCase("a,y\n1,0\n1,1\n", "y", "No column is left to learn from. 'a' is left out: it has one value only")]
    [TestCase("a,b,y\n1,2,0\n1,1\n", "y", "table.csv: line 3 has 2 fields, expected 3 as in the header.")]
    [TestCase("a,y\n1,0\n\"2,1\n3,0\n", "y", "table.csv: a quote opened on line")]
    [TestCase("a,y\n1,0\n\"2\"x,1\n", "y", "table.csv: line 3 has text behind a closing quote")]
    [TestCase("a,a,y\n1,2,0\n", "y", "table.csv: the header names 'a' twice")]
    [TestCase("", "y", "table.csv: the file is empty")]
    public void What_is_wrong_with_a_table_is_named(string text, string label, string expected) =>
        Assert.That(
            () => TableFiles.Read(text, new TableColumns { Label = label }),
            Throws.TypeOf<IngestionException>().With.Message.Contains(expected)
        );

    [Test]
    public void Wrong_names_of_columns_times_and_weights_are_named()
    {
        const string text = "id,when,w,y\na,soon,0,0\nb,2025-01-01,1,1\n";
        Assert.Multiple(() =>
        {
            Assert.That(
                Error(text, _y with { Drop = ["wehn"] }),
                Does.Contain("'wehn' for the columns to drop, it has id, when, w, y; did you mean 'when'?")
            );
            Assert.That(Error(text, _y with { Id = "idd" }), Does.Contain("'idd' for the id"));
            Assert.That(Error(text, _y with { Time = "when" }), Does.Contain("Row 1: the time 'when' is 'soon'"));
            Assert.That(Error(text, _y with { Weight = "w" }), Does.Contain("Row 1: the weight 'w' is '0'"));
            Assert.That(Error(text, _y with { Time = "when", FileOrder = true }), Does.Contain("choose one"));
        });
    }

    [Test]
    public void A_file_that_is_not_there_is_named() =>
        Assert.That(
            () => ReadTable.Run("no-such.csv", _y),
            Throws.TypeOf<IngestionException>().With.Message.Contains("There is no file no-such.csv")
        );

    static string Error(string text, TableColumns columns) =>
        Assert.Throws<IngestionException>(() => TableFiles.Read(text, columns))!.Message;
}
