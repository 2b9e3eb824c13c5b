namespace LeadScoring.Worker.Tests;

public class FolderSwapTests
{
    [TestCase("", "old")]
    [TestCase("tmp half", "old")]
    [TestCase("tmp whole", "old")]
    [TestCase("old aside, tmp whole", "new")]
    [TestCase("old aside, new in place", "new")]
    [TestCase("old half removed, new in place", "new")]
    public void A_kill_at_any_step_leaves_the_old_folder_or_the_new_one(string killedAfter, string expected)
    {
        using var home = new TemporaryHome();
        var folder = home.File("as_of=2026-03-02");
        var fresh = home.File(".as_of=2026-03-02.tmp");
        var old = home.File(".as_of=2026-03-02.old");
        Fill(killedAfter.Contains("aside", StringComparison.Ordinal) ? old : folder, "old");
        if (killedAfter.Contains("tmp", StringComparison.Ordinal))
            Fill(fresh, "new", half: killedAfter.Contains("half", StringComparison.Ordinal));
        if (killedAfter.Contains("new in place", StringComparison.Ordinal))
            Fill(folder, "new");
        if (killedAfter.Contains("half removed", StringComparison.Ordinal))
            Fill(old, "old", half: true);

        FolderSwap.Settle(folder);
        Assert.That(Content(folder), Is.EqualTo(expected));
        Assert.That(FolderSwap.Replace(folder, f => Fill(f, "newest")), Is.True);
        Assert.That(Content(folder), Is.EqualTo("newest"));
        Assert.That(Directory.GetFileSystemEntries(home.Path), Is.EqualTo(new[] { folder }));
    }

    [Test]
    public void Writing_that_fails_leaves_the_old_folder()
    {
        using var home = new TemporaryHome();
        var folder = home.File("lists");
        FolderSwap.Replace(folder, f => Fill(f, "old"));
        Assert.That(
            () =>
                FolderSwap.Replace(
                    folder,
                    f =>
                    {
                        Fill(f, "new", half: true);
                        throw new IOException("disk full");
                    }
                ),
            Throws.TypeOf<IOException>()
        );
        Assert.That(
            Directory.GetFileSystemEntries(home.Path),
            Is.EqualTo(new[] { folder }),
            "half a folder takes no room"
        );
        FolderSwap.Settle(folder);
        Assert.That(Content(folder), Is.EqualTo("old"));
    }

    [Test]
    public void The_same_content_is_left_untouched()
    {
        using var home = new TemporaryHome();
        var folder = home.File("lists");
        FolderSwap.Replace(folder, f => Fill(f, "same"));
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "a"), time);
        Assert.That(FolderSwap.Replace(folder, f => Fill(f, "same")), Is.False);
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(folder, "a")), Is.EqualTo(time));
    }

    static void Fill(string folder, string text, bool half = false)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "a"), text);
        if (!half)
            File.WriteAllText(Path.Combine(folder, "b"), text);
    }

    static string Content(string folder) =>
        string.Join(
            ' ',
            Directory
                .GetFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
                .Distinct(StringComparer.Ordinal)
        ) + (Directory.GetFiles(folder).Length == 2 ? "" : " (half)");
}
