using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public sealed class FeatureTableTests
{
    static FeatureTable Of(string[]? contacts, int rows, int columns = 1) =>
        new(
            [Feature.Numeric("a", "value")],
            contacts,
            new DateTime[rows],
            [.. Enumerable.Range(0, columns).Select(_ => new float[rows])]
        );

    [Test]
    public void Rows_without_a_contact_are_named_by_their_number()
    {
        var table = Of(null, 10);
        Assert.That(table.RowCount, Is.EqualTo(10));
        Assert.That(table.Take([9, 0, 0]).Contacts, Is.EqualTo(["10", "01", "01"]));
        var names = table.Contacts;
        Assert.That(table.Contacts, Is.SameAs(names), "made once");
        Assert.That(Of(null, 9).Contacts[8], Is.EqualTo("9"));
    }

    [Test]
    public void Parts_of_different_lengths_are_a_fault()
    {
        Assert.That(() => Of(["a"], 2), Throws.InvalidOperationException);
        Assert.That(() => Of([], 2), Throws.InvalidOperationException);
        Assert.That(() => Of(["a"], 1, columns: 2), Throws.InvalidOperationException);
    }
}
