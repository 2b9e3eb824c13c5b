using System.IO.Compression;

namespace LeadScoring.Synthetic.Inbox;

/// <summary>One export file while it is written.</summary>
sealed class ExportFile : IDisposable
{
    readonly Dialect dialect;
    readonly StreamWriter writer;

    public ExportFile(string path, Dialect dialect, ReadOnlySpan<string> columns)
    {
        this.dialect = dialect;
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        Stream stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 14);
        // .NET writes no time into the gzip header, so equal rows are equal bytes.
        if (dialect.Packing == Packing.Gzip)
            stream = new GZipStream(stream, CompressionLevel.Optimal);
        writer = new(stream, dialect.Encoding, 1 << 14) { NewLine = dialect.NewLine };
        if (columns.Length > 0)
            Line(columns);
    }

    public string Path { get; }

    /// <summary>Rows so far, the header aside.</summary>
    public long Rows { get; private set; }

    public void Row(ReadOnlySpan<string> fields)
    {
        Line(fields);
        Rows++;
    }

    public void Row(string line)
    {
        writer.WriteLine(line);
        Rows++;
    }

    public void Dispose() => writer.Dispose();

    void Line(ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                writer.Write(dialect.Delimiter);
            Field(fields[i]);
        }
        writer.WriteLine();
    }

    void Field(string text)
    {
        if (text.AsSpan().IndexOfAny(dialect.Delimiter, '"', '\n') < 0)
            writer.Write(text);
        else
            writer.Write('"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
    }
}
