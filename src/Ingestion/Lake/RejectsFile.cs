using System.Text.Encodings.Web;
using System.Text.Json;

namespace LeadScoring.Ingestion;

/// <summary>The rejected rows of one inbox file, one JSON object a line: file, line, reason, text.</summary>
/// <remarks>The only place of a lake where the text of a row is kept.</remarks>
sealed class RejectsFile(string path, string inboxFile) : IDisposable
{
    static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    FileStream? _stream;

    public long Count { get; private set; }

    /// <summary>How often each reason came, and the first line that has it.</summary>
    public Dictionary<string, (long Rows, long FirstLine)> Reasons { get; } = new(StringComparer.Ordinal);

    public void Add(long line, string reason, string text)
    {
        try
        {
            Write(line, reason, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RejectsNotWritten(error);
        }
        Count++;
        var (rows, first) = Reasons.GetValueOrDefault(reason, (0, line));
        Reasons[reason] = (rows + 1, Math.Min(first, line));
    }

    void Write(long line, string reason, string text)
    {
        if (_stream is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        }
        Write(_stream, inboxFile, line, reason, text);
        _stream.WriteByte((byte)'\n');
    }

    /// <summary>One row as it stands in such a file.</summary>
    public static string Line(string inboxFile, long line, string reason, string text)
    {
        using var stream = new MemoryStream();
        Write(stream, inboxFile, line, reason, text);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    static void Write(Stream stream, string inboxFile, long line, string reason, string text)
    {
        using var json = new Utf8JsonWriter(stream, _json);
        json.WriteStartObject();
        json.WriteString("file", inboxFile);
        json.WriteNumber("line", line);
        json.WriteString("reason", reason);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>Takes everything back, when the whole file is refused.</summary>
    public void Discard()
    {
        Dispose();
        if (File.Exists(path))
            File.Delete(path);
        Count = 0;
        Reasons.Clear();
    }

    public void Dispose()
    {
        _stream?.Flush(flushToDisk: true);
        _stream?.Dispose();
        _stream = null;
    }
}

/// <summary>Rejected rows could not be kept: the disk's fault and not that of the file they are in.</summary>
sealed class RejectsNotWritten(Exception cause)
    : Exception($"Rejected rows could not be written: {cause.Message}", cause);
