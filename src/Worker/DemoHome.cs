namespace LeadScoring.Worker;

/// <summary>A home made from <c>data-samples</c>, for trying things out.</summary>
public static class DemoHome
{
    /// <summary>Copies the sample's inbox, settings and policies; what an earlier demo left in the folder is replaced.</summary>
    /// <param name="folder">Where to; null is a new temporary folder.</param>
    /// <exception cref="WorkerException">The sample is not there, or the folder holds something else.</exception>
    public static Home Make(string? folder)
    {
        var sample = Sample();
        var home = new Home(
            folder is null ? Directory.CreateTempSubdirectory("leads-demo-").FullName : Path.GetFullPath(folder)
        );
        if (Directory.Exists(home.Path) && Directory.EnumerateFileSystemEntries(home.Path).Any())
        {
            if (folder is not null)
                throw new WorkerException(
                    $"{home.Path} is not empty; the demo makes a home of its own. Name a new folder."
                );
        }
        Copy(sample, home.Path);
        return home;
    }

    /// <summary>The sample beside the program or in a folder above it or above the current one.</summary>
    static string Sample()
    {
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var candidate = Path.Combine(at.FullName, "data-samples");
                if (Directory.Exists(Path.Combine(candidate, "inbox")))
                    return candidate;
            }
        }
        throw new WorkerException(
            "data-samples/inbox is neither in the current folder nor in one above it. Run the demo from the repository."
        );
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            if (!string.Equals(Path.GetFileName(file), "truth.parquet", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }
}
