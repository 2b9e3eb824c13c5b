using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;
using Microsoft.ML.Data;

namespace LeadScoring.Scoring.Tests.Training;

[Category("MLNet")]
public sealed class FastTreeRowsTests
{
    [Test]
    public void It_reads_the_columns_themselves_and_no_copy()
    {
        var table = Tables.Numeric(
            [
                [1, 2, 3],
                [4, 5, 6],
            ],
            [0, 1, 1]
        );
        var rows = Rows(table);
        table.Columns[1][2] = 60;
        Assert.That(
            Read(rows),
            Is.EqualTo(
                new[] { (false, new float[] { 1, 4 }), (true, new float[] { 2, 5 }), (true, new float[] { 3, 60 }) }
            )
        );
    }

    [Test]
    public void Features_and_levels_of_other_tables_are_found_by_name()
    {
        var country = Feature.Categorical("country", ["DE", "NL"]);
        var training = Tables.Of(
            [Feature.Numeric("days", "days"), country],
            [
                [1, 2],
                [0, 1],
            ],
            [0, 1]
        );
        var other = Tables.Of(
            [Feature.Categorical("country", ["NL", "SE", "DE"]), Feature.Numeric("days", "days")],
            [
                [0, 1, 2],
                [7, 8, 9],
            ],
            [0, 1, 0]
        );
        var slots = FastTreeSlots.Of(training);
        var rows = new FastTreeRows(training.Features, other, slots, weighted: false, CancellationToken.None);
        Assert.That(
            Read(rows).Select(row => row.Features),
            Is.EqualTo(new[] { new float[] { 7, 0, 1 }, [8, 0, 0], [9, 1, 0] })
        );
    }

    [Test]
    public void Weights_are_a_column_where_training_has_them_and_1_where_other_rows_have_none()
    {
        var table = Tables.Numeric(
            [
                [1, 2],
            ],
            [0, 1],
            weights: [0.5f, 3]
        );
        Assert.That(Weights(table), Is.EqualTo(new[] { 0.5f, 3 }));
        Assert.That(
            Weights(
                Tables.Numeric(
                    [
                        [1, 2],
                    ],
                    [0, 1]
                )
            ),
            Is.EqualTo(new[] { 1f, 1 })
        );
        Assert.That(Rows(table).Schema.GetColumnOrNull(FastTreeRows.Weight), Is.Null);

        static float[] Weights(FeatureTable table)
        {
            var slots = FastTreeSlots.Of(table);
            var rows = new FastTreeRows(table.Features, table, slots, weighted: true, CancellationToken.None);
            return [.. rows.GetColumn<float>(FastTreeRows.Weight)];
        }
    }

    [Test]
    public void Reading_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var table = Tables.Numeric(
            [
                [1, 2],
            ],
            [0, 1]
        );
        var rows = new FastTreeRows(table.Features, table, FastTreeSlots.Of(table), weighted: false, source.Token);
        using var cursor = rows.GetRowCursor(rows.Schema);
        Assert.That(cursor.MoveNext());
        source.Cancel();
        Assert.That(() => cursor.MoveNext(), Throws.InstanceOf<OperationCanceledException>());
    }

    static FastTreeRows Rows(FeatureTable table) =>
        new(table.Features, table, FastTreeSlots.Of(table), weighted: false, CancellationToken.None);

    static IEnumerable<(bool Label, float[] Features)> Read(FastTreeRows rows) =>
        rows.GetColumn<bool>(FastTreeRows.Label).Zip(rows.GetColumn<float[]>(FastTreeRows.Features));
}
