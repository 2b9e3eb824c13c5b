using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

[Category("MLNet")]
public sealed class FastTreeSlotsTests
{
    const float None = float.NaN;

    static readonly FeatureTable Table = Tables.Of(
        [
            Feature.Numeric("always", "days"),
            Feature.Numeric("sometimes", "days"),
            Feature.Categorical("country", ["DE", "NL", "PL"]),
        ],
        [
            [1, 2, 3, 6],
            [4, None, 8, None],
            [2, None, 0, 0],
        ],
        [0, 1, 0, 1]
    );

    [Test]
    public void A_number_takes_one_slot_or_two_and_levels_one_each()
    {
        var slots = FastTreeSlots.Of(Table);
        var held = Enumerable.Range(0, slots.Count).Select(slot => slots[slot]);
        Assert.That(
            held,
            Is.EqualTo(
                new[]
                {
                    (0, FastTreeSlot.Number, 0),
                    (1, FastTreeSlot.Number, 0),
                    (1, FastTreeSlot.Missing, 0),
                    (2, FastTreeSlot.Level, 0),
                    (2, FastTreeSlot.Level, 1),
                    (2, FastTreeSlot.Level, 2),
                }
            )
        );
        Assert.That(slots.CategoricalRanges, Is.EqualTo(new[] { 3, 5 }));
    }

    [Test]
    public void What_is_missing_is_the_mean_of_the_others_and_said_to_be_missing()
    {
        var slots = FastTreeSlots.Of(Table);
        Assert.That((slots.Fill(0), slots.Fill(1)), Is.EqualTo((3f, 6f)));
        Assert.That(Written(slots, Table.Columns, row: 0), Is.EqualTo(new float[] { 1, 4, 0, 0, 0, 1 }));
        Assert.That(Written(slots, Table.Columns, row: 1), Is.EqualTo(new float[] { 2, 6, 1, 0, 0, 0 }));
    }

    [Test]
    public void A_row_like_none_in_training_has_no_gap_either()
    {
        // Missing where it never was, a level beyond the last, and one that alignment did not find.
        var slots = FastTreeSlots.Of(Table);
        float[][] other =
        [
            [None, 9],
            [5, 5],
            [3, -1],
        ];
        Assert.That(Written(slots, other, row: 0), Is.EqualTo(new float[] { 3, 5, 0, 0, 0, 0 }));
        Assert.That(Written(slots, other, row: 1), Is.EqualTo(new float[] { 9, 5, 0, 0, 0, 0 }));
    }

    [Test]
    public void Levels_without_names_are_as_many_as_there_are_codes()
    {
        var table = Tables.Of(
            [Feature.Categorical("shop", [])],
            [
                [0, 4, None],
            ],
            [0, 1, 0]
        );
        Assert.That(FastTreeSlots.Of(table).Count, Is.EqualTo(5));
    }

    [Test]
    public void A_column_without_any_number_is_0_throughout()
    {
        var slots = FastTreeSlots.Of(
            Tables.Numeric(
                [
                    [None, None],
                ],
                [0, 1]
            )
        );
        Assert.That(slots.Fill(0), Is.Zero);
        Assert.That(
            Written(
                slots,
                [
                    [None],
                ],
                row: 0
            ),
            Is.EqualTo(new float[] { 0, 1 })
        );
    }

    [Test]
    public void Numbers_alone_are_written_in_full_and_zeros_beside_levels_are_left_out()
    {
        var numbers = FastTreeSlots.Of(
            Tables.Numeric(
                [
                    [0, 1],
                    [0, None],
                ],
                [0, 1]
            )
        );
        Assert.That(
            numbers.Write(
                [
                    [0],
                    [0],
                ],
                0,
                new int[4],
                new float[4]
            ),
            Is.EqualTo(3)
        );
        var slots = FastTreeSlots.Of(Table);
        float[][] zeros =
        [
            [0],
            [0],
            [0],
        ];
        Assert.That(slots.Write(zeros, 0, new int[6], new float[6]), Is.EqualTo(1), "the level alone");
    }

    static float[] Written(FastTreeSlots slots, float[][] columns, int row)
    {
        var (places, values) = (new int[2 * slots.Features], new float[2 * slots.Features]);
        var count = slots.Write(columns, row, places, values);
        var vector = new float[slots.Count];
        for (var i = 0; i < count; i++)
            vector[places[i]] = values[i];
        Assert.That(places[..count], Is.Ordered.Ascending);
        return vector;
    }
}
