using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LeadScoring.Ingestion;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>
/// An ingest with compaction, merges and late ties, an erasure and the end of a time of keeping are each killed at
/// random instants: running again leaves the lake that an undisturbed run leaves, byte for byte.
/// </summary>
public sealed class LakeKillTests
{
    const string AsOf = "2026-05-01";

    readonly Random _chance = new(20261125);
    int _halfDone;

    /// <summary>Four a change in the suite; <c>LEADS_KILLS=34</c> makes the hundred.</summary>
    static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("LEADS_KILLS"), CultureInfo.InvariantCulture, out var kills)
            ? kills
            : 4;

    [Test, CancelAfter(900_000)]
    public void Kills_at_random_instants_of_ingest_erasure_and_retention_leave_what_undisturbed_runs_leave()
    {
        var folder = Directory.CreateTempSubdirectory("leads-kills-").FullName;
        try
        {
            var (before, ingested, erased) = (
                Path.Combine(folder, "0"),
                Path.Combine(folder, "1"),
                Path.Combine(folder, "2")
            );
            MakeHome(before);
            SampleHome.Copy(before, ingested);
            Kill(before, ingested, "ingest", "--home");
            SampleHome.Copy(ingested, erased);
            Kill(ingested, erased, "erase", "c3", "c4", "--home");
            var kept = Path.Combine(folder, "3");
            SampleHome.Copy(erased, kept);
            Kill(erased, kept, "retain", "--as-of", AsOf, "--home");
            Assert.That(_halfDone, Is.GreaterThan(0), "some kills came while something was written");
            var lake = Lake.Open(kept);
            Assert.That(lake.Generation, Is.EqualTo(12), "ten nights, one erasure, one end of keeping");
            Assert.That(lake.Count(LakeTable.Identities), Is.GreaterThan(0));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Does the change undisturbed in one home, and kills it again and again in copies of the other.</summary>
    void Kill(string before, string undisturbed, params string[] command)
    {
        var watch = Stopwatch.StartNew();
        Leads.Done([.. command, undisturbed]);
        var whole = watch.Elapsed;
        var expected = Bytes(undisturbed);
        Assert.That(expected, Is.Not.EqualTo(Bytes(before)));
        var (killed, half) = (0, 0);
        for (var tries = 0; killed < Kills; tries++)
        {
            Assert.That(tries, Is.LessThan(10 * Kills), $"leads {command[0]} ends before it can be killed");
            var home = $"{undisturbed}-killed";
            SampleHome.Copy(before, home);
            var isKilled = Leads.IsKilled(step: null, whole * (0.4 + (0.6 * _chance.NextDouble())), [.. command, home]);
            killed += isKilled ? 1 : 0;
            half += isKilled && !Bytes(home).SequenceEqual(Bytes(before)) ? 1 : 0;
            Assert.That(
                Manifest.Read(LakeLayout.Of(home)).Generation,
                Is.AnyOf(
                    Manifest.Read(LakeLayout.Of(before)).Generation,
                    Manifest.Read(LakeLayout.Of(undisturbed)).Generation
                )
            );
            Assert.That(Broken(home), Is.Empty, $"readers see a whole lake after kill {killed} of {command[0]}");
            var said = Leads.Here([.. command, home]);
            Assert.That(said.ExitCode, Is.Zero, said.Error);
            Assert.That(Bytes(home), Is.EqualTo(expected), $"after kill {killed} of {command[0]}");
            Assert.That(CheckLake.Run(home, hashing: true).Findings, Is.Empty);
            Directory.Delete(home, recursive: true);
        }
        TestContext.Out.WriteLine(
            $"{command[0]}: {killed} kills, {half} of them left something behind; {whole.TotalSeconds:0.00} s undisturbed"
        );
        _halfDone += half;
    }

    /// <summary>What is wrong with the lake beside files that nobody has named yet.</summary>
    static IEnumerable<string> Broken(string home) =>
        CheckLake.Run(home, hashing: true).Findings.Where(finding => !finding.IsStray).Select(finding => finding.Words);

    /// <summary>Ten nights of an invented web site, newsletter and register; nine are in the lake, and the tenth merges runs.</summary>
    static void MakeHome(string home)
    {
        var chance = new Random(7);
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "salt"), "00112233445566778899aabbccddeeff\n");
        File.WriteAllText(Path.Combine(home, "leads.json"), """{ "retentionMonths": 12, "buckets": 2 }""");
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var night = 0; night < 10; night++)
        {
            var web = Enumerable
                .Range(0, 200)
                .Select(n =>
                {
                    var at = start.AddDays((night * 80) + chance.Next(80)).AddSeconds(chance.Next(86_400));
                    var who = chance.Next(12);
                    return $"e{night}-{n},{(at.Ticks - DateTime.UnixEpoch.Ticks) / 10},page_view,d{who},{(chance.Next(4) == 0 ? $"c{who}" : "")},nature,2506,organic";
                });
            Write(
                "web_analytics",
                "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium",
                web
            );
            var versions = Enumerable
                .Range(0, 6)
                .Select(n => (Id: chance.Next(14), Minute: n))
                .Select(v =>
                    $"c{v.Id},2024-01-01 12:00,2024-02-{night + 10} 12:{v.Minute:00},p{v.Id % 9}@example.org,SE,sv,,,1990"
                );
            Write(
                "crm_contacts",
                "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year",
                versions
            );
            if (night < 9)
                Ingest.Run(home, new IngestOptions(Buckets: 2));

            void Write(string source, string header, IEnumerable<string> rows)
            {
                var inbox = Directory.CreateDirectory(Path.Combine(home, "inbox", source)).FullName;
                File.WriteAllText(Path.Combine(inbox, $"{night}.csv"), $"{header}\n{string.Join('\n', rows)}\n");
            }
        }
    }

    /// <summary>Hash by path of all of the lake and of the list of erased contacts, without locks.</summary>
    static SortedDictionary<string, string> Bytes(string home)
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(home, "lake"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(home, "suppressions"))
            .Where(file => File.Exists(file) && Path.GetExtension(file) is not (".lock" or ".cache"));
        return new(
            files.ToDictionary(
                file => Path.GetRelativePath(home, file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
                StringComparer.Ordinal
            ),
            StringComparer.Ordinal
        );
    }
}
