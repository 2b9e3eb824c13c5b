namespace LeadScoring.Architecture.Tests;

/// <summary>The repository these tests were built from: its files, read as text.</summary>
static class Repository
{
    static readonly string[] SkippedFolders = [".git", ".idea", ".vs", "artifacts", "bin", "node_modules", "obj"];

    /// <summary>What a home leaves behind when the repository itself is used as one; git ignores it too.</summary>
    static readonly string[] HomeFolders =
    [
        "exports",
        "inbox",
        "lake",
        "mail",
        "mail-preview",
        "outbox",
        "scores",
        "TestResults",
    ];

    static readonly string[] BinaryEndings = [".gz", ".parquet", ".png", ".ico", ".xlsx", ".zip", ".dll", ".user"];

    /// <summary>The folder of <c>LeadScoring.sln</c>, found by walking up from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The four projects of the product, in the order in which data passes through them.</summary>
    public static IReadOnlyList<string> Projects { get; } = ["Ingestion", "Scoring", "Funnel", "Worker"];

    /// <summary>Paths relative to the root, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [.. Walk(new DirectoryInfo(Root)).Order(StringComparer.Ordinal)];

    /// <summary>Every file that people read or edit, with its text.</summary>
    public static IEnumerable<TextFile> Texts => Files.Where(IsText).Select(Read);

    public static IEnumerable<TextFile> Under(string folder, params string[] endings) =>
        Files
            .Where(path => path.StartsWith(folder, StringComparison.Ordinal))
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Select(Read);

    public static TextFile Read(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    static bool IsText(string path) =>
        !BinaryEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        && !path.StartsWith("data-samples/inbox/", StringComparison.Ordinal)
        && !path.Contains("/Hostile/", StringComparison.Ordinal)
        && !path.Contains("/Golden/", StringComparison.Ordinal)
        && !Path.GetFileName(path).StartsWith("leads.db", StringComparison.Ordinal);

    static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        // In a worktree .git is a file, and it points to somebody's disk.
        foreach (var file in folder.EnumerateFiles().Where(file => file.Name is not ".git"))
            yield return Relative(file.FullName);
        foreach (var child in folder.EnumerateDirectories())
        {
            if (!IsSkipped(child))
            {
                foreach (var path in Walk(child))
                    yield return path;
            }
        }
    }

    static bool IsSkipped(DirectoryInfo folder)
    {
        var path = Relative(folder.FullName);
        return SkippedFolders.Contains(folder.Name, StringComparer.Ordinal)
            || HomeFolders.Contains(path, StringComparer.Ordinal)
            || (path.StartsWith("models/", StringComparison.Ordinal) && path is not "models/reference");
    }

    static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LeadScoring.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException($"no LeadScoring.sln above {AppContext.BaseDirectory}");
    }
}

/// <summary>A file by its path relative to the repository's root, and what it says.</summary>
sealed record TextFile(string Path, string Text)
{
    public string[] Lines => Text.Split('\n');

    /// <summary>The last segment without its ending: <c>src/Funnel/Stage.cs</c> is <c>Stage</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>A finding in this file at a line counted from 1.</summary>
    public string At(int line, string found) => $"{Path}:{line}: {found}";
}
