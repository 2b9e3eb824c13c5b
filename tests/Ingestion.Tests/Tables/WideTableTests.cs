using System.Text;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class WideTableTests
{
    /// <summary>2,000 columns: a third numbers, the others empty, of one value, ids.</summary>
    static string Text(int columns, int rows)
    {
        var text = new StringBuilder();
        for (var c = 0; c < columns; c++)
            text.Append($"c{c:0000},");
        text.Append("y\n");
        for (var row = 0; row < rows; row++)
        {
            for (var c = 0; c < columns; c++)
            {
                text.Append(
                    (c % 6) switch
                    {
                        0 => $"{row * c},",
                        1 => ",",
                        2 => "same,",
                        3 => $"id{row},",
                        4 => "3,",
                        _ => $"{row + c},",
                    }
                );
            }
            text.Append($"{row % 2}\n");
        }
        return text.ToString();
    }

    [Test]
    public void Two_thousand_columns_are_read_and_those_left_out_are_told_in_three_lines()
    {
        var read = TableFiles.Read(Text(2000, 42), new TableColumns { Label = "y" });
        Assert.That(read.Table.Features, Has.Count.EqualTo(666));
        Assert.That(read.Table.Features[^1].Name, Is.EqualTo("c1998"));
        Assert.That(read.Table.Columns[^1][2], Is.EqualTo(3996f));
        Assert.That(
            read.Warnings,
            Is.EqualTo([
                "667 columns are left out, they have one value only: 'c0000', 'c0002', 'c0004' and 664 more",
                "334 columns are left out, they are empty: 'c0001', 'c0007', 'c0013' and 331 more",
                "333 columns are left out, their texts look like ids or free text: 'c0003', 'c0009', 'c0015' and 330 more",
            ])
        );
    }

    [TestCase(10, 10)]
    [TestCase(11, 1)]
    public void Up_to_ten_of_a_kind_have_a_line_each(int columns, int lines)
    {
        var names = string.Concat(Enumerable.Range(0, columns).Select(c => $"c{c},"));
        var cells = string.Concat(Enumerable.Repeat(",", columns));
        var read = TableFiles.Read($"{names}a,y\n{cells}1,0\n{cells}2,1\n", new TableColumns { Label = "y" });
        Assert.That(read.Warnings, Has.Count.EqualTo(lines));
    }

    [Test]
    public void A_wrong_name_is_told_without_all_two_thousand_names() =>
        Assert.That(
            () => TableFiles.Read(Text(2000, 1), new TableColumns { Label = "c002O" }),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.Contains("'c002O' for the label")
                .And.Message.EndsWith("c0018, c0019 and 1981 more; did you mean 'c0020'?")
        );
}
