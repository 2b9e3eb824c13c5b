using LeadScoring.Ingestion.Reading.Workbooks;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Opens an inbox file whatever it is: unpacks it, finds its encoding, and refuses what it cannot be.</summary>
static class InputFile
{
    public const string Empty = "the file is empty (0 bytes). Expected at least a header line; export it again.";

    /// <summary>A reader of the file's records.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns it should have.</param>
    /// <param name="sheet">The sheet of a workbook; null for the first.</param>
    /// <param name="scratch">Folder for unpacked or transcoded copies; its owner deletes it.</param>
    /// <param name="strayQuote">Line of the quote for which a delimited text is read with quotes as letters; null when it is not.</param>
    /// <exception cref="IngestionException">The file cannot be read; the message says why and what to do.</exception>
    public static IRecordReader Open(
        string path,
        IReadOnlyList<SourceColumn> columns,
        string? sheet,
        string scratch,
        CancellationToken cancellation,
        long? strayQuote = null
    )
    {
        if (Workbook.IsOne(path, Start(path)))
            return new XlsxReader(path, columns, sheet, cancellation);
        var (plain, packing) = Unpack(path, scratch, cancellation);
        if (IsParquet(plain))
            return new ParquetReader(plain, columns, packing);
        var text = OpenText(plain, packing, scratch, cancellation);
        return IsJson(text) ? new NdjsonReader(text, columns) : new CsvReader(text, columns, strayQuote);
    }

    /// <summary>Whether a delimited text that cannot be read with quotes can be read with quotes as letters.</summary>
    public static bool HasQuotesAsLetters(
        string path,
        IReadOnlyList<SourceColumn> columns,
        string scratch,
        CancellationToken cancellation
    )
    {
        var (plain, packing) = Unpack(path, scratch, cancellation);
        var text = OpenText(plain, packing, scratch, cancellation);
        return StrayQuotes.AreLetters(text, CsvLayout.Sniff(text, columns), cancellation);
    }

    /// <summary>The file itself, or an unpacked copy of it.</summary>
    public static (string Plain, string Packing) Unpack(string path, string scratch, CancellationToken cancellation)
    {
        var (plain, packing) = (path, "");
        if (GzipFile.IsGzip(Start(path)))
        {
            (plain, packing) = (Path.Combine(scratch, "unpacked"), "gzip ");
            GzipFile.Unpack(path, plain, cancellation);
        }
        else if (ZipMembers.IsZip(Start(path)))
        {
            plain = Path.Combine(scratch, "unpacked");
            packing = $"zip ({ZipMembers.Unpack(path, plain, cancellation)}) ";
        }
        RefuseOthers(Start(plain));
        return (plain, packing);
    }

    /// <summary>A text file as UTF-8.</summary>
    public static TextFile OpenText(string plain, string packing, string scratch, CancellationToken cancellation)
    {
        var encoding = TextEncoding.Detect(plain, cancellation);
        return encoding.Transcode is null
            ? new TextFile(plain, encoding.BomLength, packing, encoding)
            : new TextFile(Transcode(plain, encoding, Path.Combine(scratch, "transcoded")), 0, packing, encoding);
    }

    public static bool IsParquet(string plain) => Start(plain).AsSpan().StartsWith("PAR1"u8);

    public static bool IsWorkbook(string path) => Workbook.IsOne(path, Start(path));

    static byte[] Start(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[8];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    static void RefuseOthers(byte[] start)
    {
        if (start.Length == 0)
            throw new IngestionException(Empty);
        if (ZipMembers.IsZip(start) || GzipFile.IsGzip(start))
            throw new IngestionException("it is packed twice. Unpack it once, or pack the exports themselves.");
        if (start is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new IngestionException(
                "this is an old Excel workbook (.xls) or one with a password, whatever its name says. Save it as .xlsx without a password, or export as CSV."
            );
    }

    static string Transcode(string path, TextEncoding encoding, string target)
    {
        using var reader = new StreamReader(
            File.OpenRead(path),
            encoding.Transcode!,
            detectEncodingFromByteOrderMarks: false,
            1 << 16
        );
        using var writer = new StreamWriter(target, append: false, new System.Text.UTF8Encoding(false), 1 << 16);
        var buffer = new char[1 << 15];
        var isFirst = true;
        for (int read; (read = reader.Read(buffer)) > 0; isFirst = false)
        {
            var mark = isFirst && buffer[0] == '\uFEFF' ? 1 : 0;
            writer.Write(buffer, mark, read - mark);
        }
        return target;
    }

    public static bool IsJson(TextFile text)
    {
        using var stream = text.Open();
        for (int value; (value = stream.ReadByte()) >= 0; )
        {
            if (value == '[')
            {
                throw new IngestionException(
                    "the file is one JSON array. Expected NDJSON, one object on each line; export or convert it so."
                );
            }
            if (value is not (' ' or '\t' or '\r' or '\n'))
                return value == '{';
        }
        throw new IngestionException("there is nothing but white space in the file. Expected at least a header line.");
    }
}

/// <summary>A text file in UTF-8, as it was or transcoded.</summary>
/// <param name="Path">Where the UTF-8 bytes are.</param>
/// <param name="Offset">Where the text starts, behind the byte order mark.</param>
/// <param name="Packing">What the report says before the format: <c>gzip </c>, <c>zip (members) </c> or nothing.</param>
/// <param name="Encoding">The encoding of the file as it came.</param>
sealed record TextFile(string Path, int Offset, string Packing, TextEncoding Encoding)
{
    public Stream Open()
    {
        var stream = new FileStream(
            Path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            1 << 16,
            FileOptions.SequentialScan
        );
        stream.Position = Offset;
        return stream;
    }
}
