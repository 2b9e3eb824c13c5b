using System.Text;

namespace LeadScoring.Synthetic.Inbox;

/// <summary>How one export writes its files.</summary>
/// <param name="Delimiter">Between the fields; unused by NDJSON.</param>
/// <param name="NewLine">LF or CRLF.</param>
/// <param name="Encoding">With its byte order mark where the export has one.</param>
/// <param name="Extension">The end of the file name, with its dot.</param>
/// <param name="Packing">Gzip, Parquet or neither.</param>
sealed record Dialect(char Delimiter, string NewLine, Encoding Encoding, string Extension, Packing Packing)
{
    static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    static readonly Encoding Utf8WithMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    /// <summary>`,` LF UTF-8.</summary>
    public static Dialect Plain { get; } = new(',', "\n", Utf8, ".csv", Packing.None);

    /// <summary>`;` CRLF UTF-8 with a byte order mark, as Swedish spreadsheets save it.</summary>
    public static Dialect Spreadsheet { get; } = new(';', "\r\n", Utf8WithMark, ".csv", Packing.None);

    /// <summary>`,` LF UTF-16 little endian with its byte order mark.</summary>
    public static Dialect Utf16 { get; } =
        Plain with
        {
            Encoding = new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        };

    /// <summary>`;` LF latin-1.</summary>
    public static Dialect Latin1 { get; } = Plain with { Delimiter = ';', Encoding = Encoding.Latin1 };

    /// <summary>`;` LF UTF-8.</summary>
    public static Dialect Semicolons { get; } = Plain with { Delimiter = ';' };

    public static Dialect NdJson { get; } = Plain with { Extension = ".ndjson" };

    /// <summary>Written as plain CSV first, then turned into Parquet.</summary>
    public static Dialect Parquet { get; } = Plain with { Extension = ".parquet", Packing = Packing.Parquet };

    public Dialect Gzipped() => this with { Extension = Extension + ".gz", Packing = Packing.Gzip };
}

enum Packing
{
    None,
    Gzip,
    Parquet,
}
