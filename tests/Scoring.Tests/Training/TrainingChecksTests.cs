using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class TrainingChecksTests
{
    static void AssertRefused(FeatureTable table, string message, FeatureTable? validation = null)
    {
        var error = Assert.Throws<ScoringException>(() =>
            new HistogramTrainer().Train(table, validation, new TrainingOptions(), null, CancellationToken.None)
        )!;
        Assert.That(error.Message, Does.Contain(message).And.Contain("expected"));
    }

    [Test]
    public void A_table_without_rows_is_refused() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [],
                ],
                []
            ),
            "has no rows"
        );

    [Test]
    public void Labels_of_one_class_are_refused() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 0]
            ),
            "2 labels are all 0, expected both 0 and 1"
        );

    [TestCase(2f, "Row 2 of the training table: label is 2, expected 0 or 1")]
    [TestCase(float.NaN, "Row 2 of the training table: label is NaN, expected 0 or 1")]
    public void A_label_that_is_neither_0_nor_1_is_refused(float label, string message) =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2, 3],
                ],
                [0, label, 1]
            ),
            message
        );

    [Test]
    public void An_infinite_value_is_refused() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2, 3],
                    [1, 2, float.NegativeInfinity],
                ],
                [0, 1, 1]
            ),
            "Row 3 of the training table: feature 'f1' is -Infinity, expected a finite number"
        );

    [TestCase(2f)]
    [TestCase(-1f)]
    [TestCase(0.5f)]
    public void A_code_that_is_no_level_is_refused(float code) =>
        AssertRefused(
            Tables.Of(
                [Feature.Categorical("country", ["DE", "NL"])],
                [
                    [0, code],
                ],
                [0, 1]
            ),
            "Row 2 of the training table: level code of feature 'country' is"
        );

    [TestCase(-1f)]
    [TestCase(float.NaN)]
    public void A_wrong_weight_is_refused(float weight) =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 1],
                [1, weight]
            ),
            "Row 2 of the training table: weight is"
        );

    [Test]
    public void A_class_without_weight_is_refused() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 1],
                [1, 0]
            ),
            "label 1 no weight"
        );

    [Test]
    public void Validation_labels_are_checked_too() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 1]
            ),
            "Row 1 of the validation table: label is NaN",
            Tables.Numeric(
                [
                    [1],
                ],
                [float.NaN]
            )
        );

    [Test]
    public void All_wrong_options_are_named_at_once()
    {
        var options = new TrainingOptions
        {
            Trees = 0,
            Bins = 300,
            RowShare = 0,
        };
        var error = Assert.Throws<ScoringException>(() =>
            new HistogramTrainer().Train(
                Tables.Numeric(
                    [
                        [1, 2],
                    ],
                    [0, 1]
                ),
                null,
                options,
                null,
                CancellationToken.None
            )
        )!;
        Assert.That(error.Message, Does.Contain("trees is 0").And.Contain("bins is 300").And.Contain("rowShare is 0"));
    }

    [Test]
    public void Labels_all_1_are_refused_too() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2, 3],
                ],
                [1, 1, 1]
            ),
            "3 labels are all 1, expected both 0 and 1"
        );

    [Test]
    public void The_first_row_is_looked_at_as_well()
    {
        AssertRefused(
            Tables.Numeric(
                [
                    [float.PositiveInfinity, 2],
                ],
                [0, 1]
            ),
            "Row 1 of the training table: feature 'f0' is Infinity"
        );
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [3, 1]
            ),
            "Row 1 of the training table: label is 3"
        );
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 1],
                [float.PositiveInfinity, 1]
            ),
            "Row 1 of the training table: weight is Infinity"
        );
        AssertRefused(
            Tables.Of(
                [Feature.Categorical("country", ["DE", "NL", "SE"])],
                [
                    [3, 0],
                ],
                [0, 1]
            ),
            "Row 1 of the training table: level code of feature 'country' is 3, expected a whole number from 0 to 2 or NaN"
        );
    }

    [Test]
    public void A_table_without_labels_is_refused()
    {
        var table = Tables.Numeric(
            [
                [1, 2],
            ],
            [0, 1]
        );
        AssertRefused(
            new FeatureTable(table.Features, null, table.AsOf, table.Columns),
            "The training table has no labels, expected 0 or 1 for every row"
        );
    }

    [Test]
    public void Validation_weights_are_checked_too() =>
        AssertRefused(
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 1]
            ),
            "Row 2 of the validation table: weight is -1",
            Tables.Numeric(
                [
                    [1, 2],
                ],
                [0, 1],
                [1, -1]
            )
        );
}
