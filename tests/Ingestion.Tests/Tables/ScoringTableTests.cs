using System.Text;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public class ScoringTableTests
{
    static readonly Feature[] _features =
    [
        Feature.Categorical("colour", ["blue", "red"]),
        Feature.Numeric("size", "value"),
        Feature.Numeric("since", "days since 1970"),
        Feature.Numeric("loan", "0/1"),
    ];

    static TableRead Read(string text, string? id = null) =>
        TableFiles.With(Encoding.UTF8.GetBytes(text), "new.csv", path => ReadTable.ForScoring(path, _features, id));

    [Test]
    public void Columns_are_found_by_name_and_levels_by_theirs()
    {
        var read = Read("id,loan,since,size,other,colour\nb,yes,2025-01-01,1,x,red\na,no,,NA,y,blue\n", "id");
        Assert.That(read.Table.Features, Is.EqualTo(_features));
        Assert.That(read.Table.Contacts, Is.EqualTo(["a", "b"]));
        Assert.That(read.Table.Columns[0], Is.EqualTo([0f, 1f]));
        Assert.That(read.Table.Columns[1], Is.EqualTo([float.NaN, 1f]));
        Assert.That(read.Table.Columns[2], Is.EqualTo([float.NaN, 20089f]));
        Assert.That(read.Table.Columns[3], Is.EqualTo([0f, 1f]));
        Assert.That(read.Table.Labels, Is.Empty);
    }

    [Test]
    public void Levels_the_model_does_not_know_are_missing_and_said()
    {
        var read = Read("colour,size,since,loan\ngreen,1,2025-01-01,no\nred,1,2025-01-01,no\n");
        Assert.That(read.Table.Columns[0], Is.EqualTo([float.NaN, 1f]));
        Assert.That(
            read.Warnings,
            Is.EqualTo(["'colour' has 1 levels that the model does not know; they count as missing"])
        );
    }

    [Test]
    public void All_missing_columns_are_named_at_once() =>
        Assert.That(
            () => Read("color,size,since\nred,1,2025-01-01\n"),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.EqualTo(
                    "new.csv lacks columns that the model was trained on: 'colour'; did you mean 'color'?, 'loan'"
                )
        );

    [Test]
    public void A_text_where_the_model_has_a_number_is_named() =>
        Assert.That(
            () => Read("colour,size,since,loan\nred,1,2025-01-01,no\nred,big,2025-01-01,no\n"),
            Throws.TypeOf<IngestionException>().With.Message.StartsWith("Row 2: 'size' is 'big', expected a number")
        );
}
