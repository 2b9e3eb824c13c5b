namespace LeadScoring.Worker.Tests;

public sealed class DemoHomeTests
{
    [Test]
    public void It_holds_the_sample_without_the_truth()
    {
        using var parent = new TemporaryHome();
        var home = DemoHome.Make(parent.File("demo"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Directory.Exists(home.Inbox));
            Assert.That(Directory.Exists(home.Policies));
            Assert.That(File.Exists(Path.Combine(home.Path, "leads.json")));
            Assert.That(File.Exists(Path.Combine(home.Path, "truth.parquet")), Is.False);
        }
    }

    [Test]
    public void A_folder_that_holds_something_is_refused_and_left_as_it_is()
    {
        using var taken = new TemporaryHome();
        File.WriteAllText(taken.File("thesis.txt"), "mine");
        Assert.That(
            () => DemoHome.Make(taken.Path),
            Throws.InstanceOf<WorkerException>().With.Message.Contains(taken.Path).And.Message.Contains("not empty")
        );
        Assert.That(Directory.GetFileSystemEntries(taken.Path), Is.EqualTo([taken.File("thesis.txt")]));
    }

    [Test]
    public void An_empty_folder_is_filled()
    {
        using var empty = new TemporaryHome();
        Assert.That(Directory.Exists(DemoHome.Make(empty.Path).Inbox));
    }
}
