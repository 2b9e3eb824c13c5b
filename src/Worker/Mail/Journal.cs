using System.Text;
using System.Text.Json;

namespace LeadScoring.Worker.Mail;

/// <summary>An append-only file of JSON lines that several processes write: what was appended is on the disk and seen by all.</summary>
/// <remarks>
/// A line counts once its line break is written. What a process that died left behind of a line is closed by the next
/// append and skipped by readers: its writer never heard that it was taken. So is a line that was forgotten.
/// </remarks>
sealed class Journal<T>(string path, TimeProvider time)
    where T : class
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    readonly List<T> _entries = [];
    readonly Lock _lock = new();
    long _read;

    /// <summary>The entries from one on, those of other processes included, in the order they were written.</summary>
    public IReadOnlyList<T> EntriesFrom(int index)
    {
        lock (_lock)
        {
            ReadOn();
            return index == _entries.Count ? [] : _entries[index..];
        }
    }

    public void Append(T entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, Options);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        lock (_lock)
        {
            using var turn = FileTurn.Wait($"{path}.lock", time);
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            byte[] bytes = EndsWithin(file) ? [(byte)'\n', .. line, (byte)'\n'] : [.. line, (byte)'\n'];
            file.Seek(0, SeekOrigin.End);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Overwrites entries with blanks where they stand, as others go on reading from where they are.</summary>
    /// <returns>How many.</returns>
    public int Blank(Func<T, bool> isTo)
    {
        if (!File.Exists(path))
            return 0;
        lock (_lock)
        {
            using var turn = FileTurn.Wait($"{path}.lock", time);
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var (blanked, start) = (0, 0);
            for (var end = IndexFrom(bytes, 0); end >= 0; end = IndexFrom(bytes, start))
            {
                var line = bytes.AsSpan(start, end - start);
                if (Parse(Encoding.UTF8.GetString(line)) is { } entry && isTo(entry))
                {
                    line.Fill((byte)' ');
                    file.Seek(start, SeekOrigin.Begin);
                    file.Write(line);
                    blanked++;
                }
                start = end + 1;
            }
            file.Flush(flushToDisk: true);
            return blanked;
        }
    }

    static int IndexFrom(byte[] bytes, int start) => Array.IndexOf(bytes, (byte)'\n', start);

    static bool EndsWithin(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    void ReadOn()
    {
        if (!File.Exists(path))
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var fresh = new byte[file.Length - _read];
        file.Seek(_read, SeekOrigin.Begin);
        file.ReadExactly(fresh);
        var whole = Array.LastIndexOf(fresh, (byte)'\n') + 1;
        foreach (
            var line in Encoding.UTF8.GetString(fresh, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        )
            if (Parse(line) is { } entry)
                _entries.Add(entry);
        _read += whole;
    }

    static T? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options);
        }
        catch (JsonException)
        {
            // A line that its writer did not finish, or that was blanked; see the remarks.
            return null;
        }
    }
}
