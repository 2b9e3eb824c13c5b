using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public class LabelColumnTests
{
    [TestCase("yes", "no")]
    [TestCase("True", "False")]
    [TestCase("1", "0")]
    [TestCase("1.0", "0.0")]
    [TestCase("Ja", "Nej")]
    public void A_word_for_yes_is_positive_even_when_it_is_the_more_frequent(string yes, string no)
    {
        var read = TableFiles.Read($"a,y\n1,{yes}\n2,{yes}\n3,{no}\n", new TableColumns { Label = "y" });
        Assert.That(read.Table.Labels, Is.EqualTo([1f, 1f, 0f]));
        Assert.That(read.Positive, Is.EqualTo([yes]));
        Assert.That(read.Warnings, Is.Empty);
    }

    [Test]
    public void Of_two_other_values_the_rarer_is_positive_and_it_is_said()
    {
        var read = TableFiles.Read("a,y\n1,won\n2,lost\n3,lost\n", new TableColumns { Label = "y" });
        Assert.That(read.Table.Labels, Is.EqualTo([1f, 0f, 0f]));
        Assert.That(read.Warnings, Is.EqualTo(["'won' is taken as the positive value of 'y': the rarer one (1 rows)"]));
    }

    [Test]
    public void Of_two_equally_rare_values_the_later_in_ordinal_order_is_positive() =>
        Assert.That(TableFiles.Read("a,y\n1,b\n2,a\n", new TableColumns { Label = "y" }).Positive, Is.EqualTo(["b"]));

    [Test]
    public void Positive_values_may_be_given_and_all_others_are_negative()
    {
        var columns = new TableColumns { Label = "result", Positive = ["Pass", "Distinction"] };
        var read = TableFiles.Read("a,result\n1,Pass\n2,Fail\n3,Distinction\n4,Withdrawn\n", columns);
        Assert.That(read.Table.Labels, Is.EqualTo([1f, 0f, 1f, 0f]));
        Assert.That(read.Positive, Is.EqualTo(["Distinction", "Pass"]));
    }

    [TestCase("Passed", "is never 'Passed', it is 'Pass', 'Fail'; did you mean 'Pass'?")]
    [TestCase("Pass,Fail", "in every row; expected rows of both classes")]
    public void Positive_values_that_do_not_divide_the_rows_are_named(string positive, string expected) =>
        Assert.That(
            () =>
                TableFiles.Read(
                    "a,y\n1,Pass\n2,Fail\n",
                    new TableColumns { Label = "y", Positive = positive.Split(',') }
                ),
            Throws.TypeOf<IngestionException>().With.Message.Contains(expected)
        );

    [TestCase("yes,Yes,no,NO", "Yes,yes", "1 1 0 0")]
    [TestCase("true,1,0,no", "1,true", "1 1 0 0")]
    [TestCase("0.0,1,1.0,0", "1,1.0", "0 1 1 0")]
    [TestCase("n,JA,f,t", "JA,t", "0 1 0 1")]
    [TestCase("nej,Y,FALSE,y", "Y,y", "0 1 0 1")]
    public void Several_words_for_yes_and_no_may_be_mixed(string cells, string positive, string labels)
    {
        var read = Labels(cells);
        Assert.That(string.Join(' ', read.Table.Labels), Is.EqualTo(labels));
        Assert.That(string.Join(',', read.Positive), Is.EqualTo(positive));
        Assert.That(read.Warnings, Is.Empty);
    }

    [TestCase("won,lost,won,maybe", "Row 4: the label 'y' is 'maybe', a third value beside 'won' and 'lost'")]
    [TestCase("yes,no,true,maybe", "Row 4: the label 'y' is 'maybe', a third value beside 'yes' and 'no'")]
    [TestCase("maybe,no,yes,no", "Row 3: the label 'y' is 'yes', a third value beside 'maybe' and 'no'")]
    [TestCase("yes,no,,no", "Row 3: the label 'y' is missing; remove such rows or fill them in.")]
    [TestCase("yes,no,yes,NA", "Row 4: the label 'y' is missing")]
    [TestCase("?,no,yes,no", "Row 1: the label 'y' is missing")]
    [TestCase("yes,true,Y,1", "The label 'y' is 'yes', 'true', 'Y', '1' in every row; expected rows of both classes")]
    [TestCase("no,no,0,0", "The label 'y' is 'no', '0' in every row")]
    [TestCase("won,won,won,won", "The label 'y' is 'won' in every row")]
    public void Labels_that_are_no_two_classes_are_named(string cells, string expected) =>
        Assert.That(() => Labels(cells), Throws.TypeOf<IngestionException>().With.Message.StartsWith(expected));

    [TestCase("yes,other,yes,yes", "other")]
    [TestCase("other,yes,other,other", "yes")]
    public void A_word_for_yes_beside_an_unknown_one_is_not_taken_for_the_positive_unless_it_is_the_rarer(
        string cells,
        string positive
    ) => Assert.That(Labels(cells).Positive, Is.EqualTo([positive]));

    [Test]
    public void A_label_with_a_value_a_row_is_no_label()
    {
        static string Values(int values) =>
            "a,y\n" + string.Concat(Enumerable.Range(0, values).Select(row => $"{row},v{row}\n"));
        var columns = new TableColumns { Label = "y", Positive = ["v7"] };
        Assert.That(TableFiles.Read(Values(10_000), columns).Table.Labels.Sum(), Is.EqualTo(1f));
        Assert.That(
            () => TableFiles.Read(Values(10_001), columns),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.StartsWith("Row 10001: the label 'y' has more than 10000 different values ('v0', ")
        );
    }

    static TableRead Labels(string cells) =>
        TableFiles.Read(
            "a,y\n" + string.Concat(cells.Split(',').Select((cell, row) => $"{row},{cell}\n")),
            new TableColumns { Label = "y" }
        );
}
