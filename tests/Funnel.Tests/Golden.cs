namespace LeadScoring.Funnel.Tests;

/// <summary>
/// Golden files under <c>Golden/</c>. With the environment variable <c>GOLDEN=write</c> a test writes its file anew
/// instead of comparing; look at the difference before committing it.
/// </summary>
static class Golden
{
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden", name);
        if (string.Equals(Environment.GetEnvironmentVariable("GOLDEN"), "write", StringComparison.Ordinal))
            File.WriteAllText(Path.Combine(Source(), "Golden", name), actual);
        else
            Assert.That(actual, Is.EqualTo(File.ReadAllText(path)));
    }

    static string Source()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LeadScoring.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "Funnel.Tests");
    }
}
