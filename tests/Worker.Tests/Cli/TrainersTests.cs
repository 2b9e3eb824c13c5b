using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Tests.Tables;

namespace LeadScoring.Worker.Tests.Cli;

public sealed class TrainersTests
{
    readonly TableHome _home = new();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void The_built_in_trainer_is_in_every_build() =>
        Assert.That(Trainers.Named("histogram").Name, Is.EqualTo("histogram"));

    [Test]
    public void A_trainer_that_there_is_not_is_told_with_those_that_there_are() =>
        Assert.That(
            () => Trainers.Named("magic"),
            Throws.InstanceOf<WorkerException>().With.Message.Contains("expected histogram or fasttree")
        );

#if !WITH_MLNET
    [Test]
    public void FastTree_asked_for_in_a_build_without_it_says_how_to_get_it()
    {
        var models = Directory.GetDirectories(_home.File("models"));
        var said = _home.Leads("train", _home.File("deals.csv"), "--label", "won", "--trainer", "fasttree");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Code, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain("-p:WithMLNet=true").And.Contain("Microsoft.ML.FastTree 5.0.0"));
            Assert.That(Directory.GetDirectories(_home.File("models")), Is.EqualTo(models), "nothing was made");
        }
    }
#endif
}
