using System.Text;

namespace LeadScoring.Scoring.Model;

/// <summary>The files <c>champion</c> and <c>champion.history</c> of a registry.</summary>
/// <remarks>
/// The history is written first when it grows and last when it shrinks, so that a kill between the two leaves the
/// present champion twice at its end at worst, which reading skips.
/// </remarks>
sealed class ChampionFile(string folder)
{
    string CurrentPath => Path.Combine(folder, "champion");

    string HistoryPath => Path.Combine(folder, "champion.history");

    /// <summary>The id in use, or null.</summary>
    public string? Current() => Lines(CurrentPath) is [var id, ..] ? id : null;

    /// <summary>The id in use before, or null.</summary>
    public string? Previous()
    {
        var before = Before();
        return before.Count == 0 ? null : before[^1];
    }

    public void Promote(string id)
    {
        var current = Current();
        if (string.Equals(current, id, StringComparison.Ordinal))
            return;
        if (current is not null)
            Replace(HistoryPath, [.. Before(), current]);
        Replace(CurrentPath, [id]);
    }

    public void Rollback()
    {
        var before = Before();
        Replace(CurrentPath, [before[^1]]);
        Replace(HistoryPath, before[..^1]);
    }

    /// <summary>The history without the present champion at its end.</summary>
    List<string> Before()
    {
        var (history, current) = (Lines(HistoryPath), Current());
        while (history.Count > 0 && string.Equals(history[^1], current, StringComparison.Ordinal))
            history.RemoveAt(history.Count - 1);
        return history;
    }

    static List<string> Lines(string path) =>
        File.Exists(path)
            ? [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)]
            : [];

    static void Replace(string path, List<string> lines)
    {
        var fresh = path + ".new";
        File.WriteAllText(fresh, string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));
        File.Move(fresh, path, overwrite: true);
    }
}
