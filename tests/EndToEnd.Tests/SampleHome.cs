using System.Security.Cryptography;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A copy of the repository's sample in a temporary folder.</summary>
sealed class SampleHome : IDisposable
{
    /// <summary>The day after the last fact of the sample.</summary>
    public const string AsOf = "2026-05-01";

    SampleHome(string path) => Path = path;

    public string Path { get; }

    public static string Repository { get; } = Above("LeadScoring.sln");

    public static SampleHome Make()
    {
        var home = new SampleHome(Directory.CreateTempSubdirectory("leads-e2e-").FullName);
        Copy(System.IO.Path.Combine(Repository, "data-samples"), home.Path);
        return home;
    }

    /// <summary>An empty folder that is to become a home.</summary>
    public static SampleHome Bare() => new(Directory.CreateTempSubdirectory("leads-e2e-").FullName);

    /// <summary>A home with everything this one holds.</summary>
    public SampleHome Twin()
    {
        var twin = new SampleHome(Directory.CreateTempSubdirectory("leads-e2e-").FullName);
        Copy(Path, twin.Path);
        return twin;
    }

    /// <summary>Hash by relative path of every file below some of the home's folders, and of what the store says.</summary>
    /// <remarks>Lock files and what the store keeps beside its tables are left out.</remarks>
    public IReadOnlyDictionary<string, string> Fingerprint()
    {
        var prints = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (string[])["lake", "scores", "exports", "models"])
        {
            var folder = System.IO.Path.Combine(Path, part);
            if (!Directory.Exists(folder))
                continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var name = System.IO.Path.GetRelativePath(Path, file);
                if (System.IO.Path.GetExtension(name) is not (".lock" or ".cache"))
                    prints[name] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            }
        }
        using var store = LeadStore.Open(Path);
        foreach (var line in store.Dump().Split('\n'))
            prints[$"store {line}"] = "";
        return prints;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, System.IO.Path.Combine(to, System.IO.Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)), overwrite: true);
    }

    static string Above(string file)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, file)))
                return at.FullName;
        }
        throw new InvalidOperationException($"{file} is in no folder above the tests.");
    }
}
