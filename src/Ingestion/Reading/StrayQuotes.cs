namespace LeadScoring.Ingestion.Reading;

/// <summary>Says whether a delimited text that cannot be read with quotes was written by a program that knows none.</summary>
/// <remarks>
/// Such a text has inches and half quotations in it, and each of its lines is a record. Whether one has a value over
/// several lines cannot be told from it; so it is none as soon as a field begins with a quote and the same or a later one
/// ends with one, and none with a doubled quote, with a quote in or above its header, or with its last line cut off.
/// </remarks>
static class StrayQuotes
{
    const byte Quote = (byte)'"';

    /// <summary>Whether, with quotes as letters, every line has the header's fields and nothing speaks for quotes that enclose.</summary>
    public static bool AreLetters(TextFile file, CsvLayout layout, CancellationToken cancellation)
    {
        if (layout.Names.Length < 2)
            return false; // any line would do
        using var stream = file.Open();
        var scanner = new RecordScanner(stream, layout.Delimiter) { ReadsQuotes = false };
        var (hasBegun, read) = (false, 0L);
        while (scanner.Next())
        {
            if ((++read & 0x3FFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            var hasQuote = scanner.Record.Contains(Quote);
            if (scanner.Line <= layout.HeaderLine && hasQuote)
                return false;
            if (scanner.Line < layout.HeaderLine)
                continue;
            if (scanner.FieldCount != layout.Names.Length || scanner.IsCutOff)
                return false;
            if (hasQuote && MayEnclose(scanner, ref hasBegun))
                return false;
        }
        return true;
    }

    /// <summary>What the report says of a file that is read so.</summary>
    public static string Told(long line, int fields) =>
        $"quotes off: with the quote on line {line} as the beginning of a value the file cannot be read; with quotes as "
        + $"letters every line has the header's {fields} fields, and so it was read";

    static bool MayEnclose(RecordScanner scanner, ref bool hasBegun)
    {
        if (scanner.Record.IndexOf("\"\""u8) >= 0)
            return true;
        for (var at = 0; at < scanner.FieldCount; at++)
        {
            var field = scanner[at].Trim((byte)' ');
            hasBegun |= field is [Quote, ..];
            if (hasBegun && field is [.., Quote])
                return true;
        }
        return false;
    }
}
