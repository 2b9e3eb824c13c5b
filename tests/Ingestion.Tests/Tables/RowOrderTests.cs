using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class RowOrderTests
{
    static Gen<(int Second, string Name)[]> Rows =>
        (
            from second in Gen.Choose(0, 4)
            from name in Gen.Elements("a", "B", "b", "ab", "å", "")
            select (second, name)
        ).ArrayOf();

    [Test]
    public void Rows_are_ordered_by_instant_then_name_then_place_in_the_file() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Rows.ToArbitrary(),
                rows =>
                {
                    DateTime[] instants = [.. rows.Select(row => DateTime.UnixEpoch.AddSeconds(row.Second))];
                    string[] names = [.. rows.Select(row => row.Name)];
                    var places = Enumerable.Range(0, rows.Length).ToArray();
                    int[] expected =
                    [
                        .. places.OrderBy(row => instants[row]).ThenBy(row => names[row], StringComparer.Ordinal),
                    ];
                    int[] withoutNames = [.. places.OrderBy(row => instants[row])];
                    Assert.That(RowOrder.Of(instants, names) ?? places, Is.EqualTo(expected));
                    Assert.That(RowOrder.Of(instants, null) ?? places, Is.EqualTo(withoutNames));
                    Assert.That(RowOrder.Of(instants, names) is null, Is.EqualTo(expected.SequenceEqual(places)));
                    return true;
                }
            )
        );

    [Test]
    public void Values_follow_their_rows() =>
        Assert.That(RowOrder.Ordered<float>([5, 6, 7], [2, 0, 1]), Is.EqualTo([7f, 5f, 6f]));
}
