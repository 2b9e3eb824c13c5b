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
}
