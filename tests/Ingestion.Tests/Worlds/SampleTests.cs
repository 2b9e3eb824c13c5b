using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LeadScoring.Synthetic;

namespace LeadScoring.Ingestion.Tests.Worlds;

/// <summary>The committed sample is what the generator makes today.</summary>
public sealed partial class SampleTests
{
    static readonly string Sample = Path.Combine(RepositoryRoot(), "data-samples");
    string _made = "";
    WorldSummary _summary = null!;

    [OneTimeSetUp]
    public void MakeTheSampleAgain()
    {
        _made = Directory.CreateTempSubdirectory("leads-sample-").FullName;
        _summary = SyntheticWorld.Write(SyntheticOptions.Sample, _made);
    }

    [OneTimeTearDown]
    public void RemoveIt() => Directory.Delete(_made, recursive: true);

    [Test]
    public void The_committed_sample_holds_the_files_the_generator_makes()
    {
        Assert.That(Files(Sample), Is.EqualTo(Files(_made)));
        Assert.That(Files(_made), Has.Count.EqualTo(_summary.Files.Count + 1));
    }

    [Test]
    public void Every_committed_file_is_byte_for_byte_what_the_generator_makes()
    {
        // A gzip stream depends on the zlib of the machine that packed it, its content does not.
        var different = Files(_made)
            .Where(file => Files(Sample).Contains(file, StringComparer.Ordinal))
            .Where(file => !Digest(Path.Combine(_made, file)).SequenceEqual(Digest(Path.Combine(Sample, file))));
        Assert.That(different, Is.Empty);
    }

    [Test]
    public void The_sample_is_small_enough_for_a_repository() =>
        Assert.That(Files(Sample).Sum(file => new FileInfo(Path.Combine(Sample, file)).Length), Is.LessThan(5_000_000));

    [Test]
    public void The_settings_of_the_sample_are_the_defaults_spelt_out()
    {
        var spelt = HomeSettings.Load(Sample);
        var defaults = new HomeSettings();
        Assert.That(spelt.Label.Positive, Is.EqualTo(defaults.Label.Positive));
        Assert.That(spelt.Label.Negative, Is.EqualTo(defaults.Label.Negative));
        Assert.That(spelt.Label.HorizonDays, Is.EqualTo(defaults.Label.HorizonDays));
        Assert.That(spelt.Label.ReportingDelayDays, Is.EqualTo(defaults.Label.ReportingDelayDays));
        Assert.That(spelt.Snapshots.Every, Is.EqualTo(defaults.Snapshots.Every));
        Assert.That(spelt.TimeZone, Is.EqualTo(defaults.TimeZone));
        Assert.That(spelt.MinimumPositives, Is.EqualTo(defaults.MinimumPositives));
        Assert.That(spelt.RetentionMonths, Is.EqualTo(defaults.RetentionMonths));
        Assert.That(spelt.Seed, Is.EqualTo(defaults.Seed));
        Assert.That(spelt.Buckets, Is.EqualTo(defaults.Buckets));
        Assert.That(spelt.RejectShare, Is.EqualTo(defaults.RejectShare));
    }

    [Test]
    public void The_readme_counts_the_rows_of_every_source()
    {
        var readme = File.ReadAllText(Path.Combine(Sample, "README.md"));
        foreach (var source in _summary.Files.Select(file => file.Source).Distinct(StringComparer.Ordinal))
            Assert.That(
                readme,
                Does.Contain(FormattableString.Invariant($"| `inbox/{source}` | {_summary.Rows(source):N0} "))
            );
    }

    [Test]
    public void Nobody_in_the_sample_has_a_name_an_address_or_a_number_of_their_own()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sample, "inbox", "lead_forms")))
        {
            var text = File.ReadAllText(file);
            Assert.That(
                Addresses().Matches(text).Select(m => m.Value.ToLowerInvariant()),
                Has.All.EndsWith("@example.org")
            );
            Assert.That(
                Phones().Matches(text).Select(m => m.Value),
                Has.All.Match("^p:\\+4670174(060[5-9]|06[1-9][0-9])$")
            );
        }
    }

    [GeneratedRegex(@"[^\s,]+@[^\s,]+", RegexOptions.None, 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"p:[^,]*", RegexOptions.None, 1000)]
    private static partial Regex Phones();

    static List<string> Files(string home) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(home, "inbox"), "*", SearchOption.AllDirectories)
                .Append(Path.Combine(home, "truth.parquet"))
                .Select(file => Path.GetRelativePath(home, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    static byte[] Digest(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        return SHA256.HashData(content);
    }

    static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LeadScoring.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No LeadScoring.sln above the tests.");
        return folder.FullName;
    }
}
