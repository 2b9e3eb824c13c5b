namespace LeadScoring.Ingestion.Tests;

public sealed class InboxGlanceTests
{
    static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Test]
    public void A_glance_is_another_when_a_file_is_new_longer_written_anew_or_gone_and_only_then()
    {
        using var home = new TestHome();
        List<string> glances = [InboxGlance.Of(home.Folder)];
        home.With("fair_talks/a.csv", "one\n");
        Look();
        Look();
        Assert.That(glances[1], Is.Not.EqualTo(glances[0]).And.EqualTo(glances[2]));
        home.With("fair_talks/a.csv", "one more\n");
        Look();
        Look(Noon.AddSeconds(1));
        home.With("fair_talks/.a.new", "half of a file\n");
        home.With("fair_talks/b.csv", "");
        Look();
        File.Delete(Path.Combine(home.Folder, "inbox", "fair_talks", "b.csv"));
        File.Delete(Path.Combine(home.Folder, "inbox", "fair_talks", "a.csv"));
        glances.Add(InboxGlance.Of(home.Folder));
        Assert.That(glances.Skip(2).Distinct().Count(), Is.EqualTo(5));
        Assert.That(glances[^1], Is.EqualTo(glances[0]), "names that begin with a dot are not read");

        void Look(DateTime? written = null)
        {
            foreach (var file in Directory.GetFiles(Path.Combine(home.Folder, "inbox", "fair_talks")))
                File.SetLastWriteTimeUtc(file, written ?? Noon);
            glances.Add(InboxGlance.Of(home.Folder));
        }
    }
}
