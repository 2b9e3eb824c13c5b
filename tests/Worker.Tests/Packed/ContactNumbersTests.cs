using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Tests.Packed;

public sealed class ContactNumbersTests
{
    /// <summary>Letters of one to four bytes, of which those of four come before U+E000 to U+FFFF in strings and after them as bytes.</summary>
    static readonly string[] Letters =
    [
        "a",
        "b",
        "Z",
        "å",
        "ß",
        "\uD7FF",
        "\uE000",
        "\uFFFD",
        "😀",
        "\U00010000",
        "\U0010FFFF",
    ];

    static readonly Arbitrary<ContactId[]> Ids = Gen.Elements(Letters)
        .ListOf()
        .Select(letters => new ContactId(string.Concat(letters)))
        .ArrayOf()
        .ToArbitrary();

    [Test]
    public void The_order_is_that_of_the_ids() =>
        Prop.ForAll(
                Ids,
                ids =>
                {
                    var numbers = new ContactNumbers();
                    ContactId[] sorted = [.. numbers.InOrder(ids).Select(number => numbers[number])];
                    Assert.That(sorted, Is.EqualTo(ids.Order()));
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void Each_contact_has_one_number_counted_from_0_and_is_found_by_it()
    {
        var numbers = new ContactNumbers();
        ContactId[] ids = [.. Enumerable.Range(0, 5_000).Select(i => new ContactId($"k{i * 7919}"))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(numbers.Find(ids[0]), Is.Null);
            Assert.That(ids.Select(numbers.Of), Is.EqualTo(Enumerable.Range(0, 5_000)));
            Assert.That(ids.Select(numbers.Of), Is.EqualTo(Enumerable.Range(0, 5_000)), "a second time");
            Assert.That(ids.Select(id => numbers.Find(id)), Is.EqualTo(Enumerable.Range(0, 5_000)));
            Assert.That(Enumerable.Range(0, 5_000).Select(number => numbers[number]), Is.EqualTo(ids));
            Assert.That(numbers.Of("k7919"u8), Is.EqualTo(1), "by its bytes");
            Assert.That(numbers.Find(new("k")), Is.Null);
            Assert.That(numbers.Count, Is.EqualTo(5_000));
        }
    }

    [Test]
    public void Room_made_at_once_changes_nothing_and_ids_may_be_empty_or_long()
    {
        var numbers = new ContactNumbers();
        ContactId[] ids = [new(""), new(new string('å', 200)), new(new string('x', 3_000_000)), new("k")];
        numbers.Of(ids[0]);
        numbers.Expect(100_000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids.Select(numbers.Of), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(Enumerable.Range(0, 4).Select(number => numbers[number]), Is.EqualTo(ids));
        }
    }
}
