using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LeadScoring.Ingestion.Tests.Reading.Twins;

/// <summary>A random CSV export: how it is written, and the rows it means.</summary>
/// <param name="Order">The columns as they stand in the file.</param>
/// <param name="Packing">0 and 1 none, 2 gzip, 3 zip.</param>
sealed record CsvWorld(
    char Delimiter,
    string Breaks,
    (string Name, bool Mark) Encoding,
    int Packing,
    string[] Order,
    CsvRow[] Rows,
    bool EndsOpen
)
{
    static readonly string[] _columns = ["id", "count", "share", "when", "sure", "note"];

    static readonly (string, bool)[] _encodings =
    [
        ("utf-8", false),
        ("utf-8", true),
        ("utf-16", true),
        ("utf-16", false),
        ("utf-16BE", true),
        ("utf-16BE", false),
        ("latin1", false),
    ];

    public const string Source = """
        -- source: worlds
        -- yields: traces
        -- columns:
        --   id     text required
        --   count  integer
        --   share  number
        --   when   timestamp required
        --   sure   boolean
        --   note   text
        select
          id as contact,
          "when" as at,
          'world' as kind,
          share as value,
          count::varchar || '/' || sure || '/' || coalesce(note, 'none') as trace_id
        from raw
        """;

    public static Gen<CsvWorld> Any =>
        from delimiter in Gen.Elements(',', ';', '\t', '|')
        from breaks in Gen.Elements("\n", "\r\n", "\r")
        from encoding in Gen.Elements(_encodings)
        from packing in Gen.Choose(0, 3)
        from order in Gen.Shuffle(_columns)
        from rows in CsvRow.Any.ArrayOf().Select(rows => rows.Length > 25 ? rows[..25] : rows)
        from isOpen in Gen.Elements(false, false, true)
        select new CsvWorld(delimiter, breaks, encoding, packing, order, rows, isOpen);

    public int Good => Rows.Count(row => row.IsGood);

    /// <summary>The file's bytes.</summary>
    /// <param name="file">Makes the ids of several files distinct.</param>
    public byte[] Bytes(int file)
    {
        var encoding = System.Text.Encoding.GetEncoding(Encoding.Name);
        byte[] bytes = [.. Encoding.Mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text(file))];
        return Packing switch
        {
            2 => Gzip(bytes),
            3 => Zip(bytes),
            _ => bytes,
        };
    }

    /// <summary>What the lake must hold of it: contact, microseconds, value, trace id.</summary>
    public IEnumerable<string> Meaning(int file) =>
        Rows.Select((row, at) => (row, at))
            .Where(one => one.row.IsGood)
            .Select(one => one.row.Meaning(Id(file, one.at)));

    string Text(int file)
    {
        var text = new StringBuilder(string.Join(Delimiter, Order)).Append(Breaks);
        for (var at = 0; at < Rows.Length; at++)
        {
            var isLast = at == Rows.Length - 1;
            text.Append(Rows[at].Line(Id(file, at), Order, Delimiter));
            text.Append(isLast && EndsOpen ? "" : Breaks).Append(Rows[at].IsBeforeBlank && !isLast ? Breaks : "");
        }
        return text.ToString();
    }

    static string Id(int file, int row) => string.Create(CultureInfo.InvariantCulture, $"c{file}-{row}");

    static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Zip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var member = archive.CreateEntry("export.csv").Open();
            member.Write(bytes);
        }
        return packed.ToArray();
    }
}

/// <summary>One row: values, how they are written, and perhaps what is wrong with it.</summary>
/// <param name="Fault">0 none, 1 a field too many, 2 fields too few, beyond that a value that its column cannot be.</param>
/// <param name="Quoting">Bits: which of the columns is quoted though it need not be.</param>
sealed record CsvRow(
    int Count,
    int Thousandths,
    long Micros,
    int Offset,
    bool IsSure,
    string Note,
    int Fault,
    int Quoting,
    bool IsBeforeBlank
)
{
    static readonly string[] _notes =
    [
        "plain",
        "",
        "semi;colon",
        "com,ma",
        "tab\there",
        "pi|pe",
        "say \"hi\"",
        "\"",
        "two\nlines",
        "cr\rlf\r\n",
        "Överkalix",
        "å",
        "  blanks  ",
        "'",
        "\\",
        "1,5",
        "#",
        "sep=;",
    ];

    static readonly (string Column, string Value)[] _faults =
    [
        ("id", " "),
        ("count", "1.5"),
        ("count", "1e3"),
        ("share", "1,5"),
        ("share", "NaN"),
        ("when", "2024-02-30 10:00"),
        ("when", "01/02/2024"),
        ("sure", "maybe"),
        ("count", "99999999999999999999"),
        ("note", "a\0b"),
    ];

    public static Gen<CsvRow> Any =>
        from count in Gen.Choose(-5, 1000)
        from thousandths in Gen.Choose(0, 100_000)
        from seconds in Gen.Choose(0, 1_700_000_000)
        from micros in Gen.Elements(0, 123_456, 500_000)
        from offset in Gen.Choose(-12, 13)
        from sure in Gen.Elements(true, false)
        from note in Gen.Elements(_notes)
        from isFaulty in Gen.Choose(0, 5)
        from fault in Gen.Choose(1, 2 + _faults.Length)
        from quoting in Gen.Choose(0, 63)
        from blank in Gen.Choose(0, 19)
        select new CsvRow(
            count,
            thousandths,
            (seconds * 1_000_000L) + micros,
            offset,
            sure,
            note,
            isFaulty == 0 ? fault : 0,
            quoting,
            blank == 0
        );

    public bool IsGood => Fault == 0;

    public string Meaning(string id) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"{id}|{Micros}|{(float)(Thousandths / 1000.0)}|{Count}/{(IsSure ? "true" : "false")}/{(string.IsNullOrWhiteSpace(Note) ? "none" : Note)}"
            )
            .TrimEnd(' ');

    public string Line(string id, string[] order, char delimiter)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["count"] = Count.ToString(CultureInfo.InvariantCulture),
            ["share"] = (Thousandths / 1000.0).ToString(CultureInfo.InvariantCulture),
            ["when"] = When(),
            ["sure"] = IsSure ? "true" : "FALSE",
            ["note"] = Note,
        };
        if (Fault > 2)
            fields[_faults[Fault - 3].Column] = _faults[Fault - 3].Value;
        var line = string.Join(
            delimiter,
            order.Select((name, at) => Written(fields[name], (Quoting >> at & 1) == 1, delimiter))
        );
        // A field too many behind a quoted line break would refuse the file: a quote too many looks the same.
        var hasBreak = Note.AsSpan().IndexOfAny('\r', '\n') >= 0;
        return Fault switch
        {
            1 when !hasBreak => line + delimiter + "more",
            1 or 2 => $"short{delimiter}x",
            _ => line,
        };
    }

    string When()
    {
        var at = DateTime.UnixEpoch.AddMicroseconds(Micros);
        var (local, tail) = Offset switch
        {
            -12 => (at, ""),
            13 => (at, "Z"),
            _ => (
                at.AddHours(Offset),
                $"{(Offset < 0 ? '-' : '+')}{Math.Abs(Offset):00}{(Count % 2 == 0 ? ":00" : "00")}"
            ),
        };
        var format = IsSure ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFF" : "yyyy-MM-dd HH:mm:ss.ffffff";
        return local.ToString(format, CultureInfo.InvariantCulture) + tail;
    }

    static string Written(string field, bool isQuoted, char delimiter) =>
        isQuoted || field.AsSpan().IndexOfAny(delimiter, '"') >= 0 || field.AsSpan().IndexOfAny('\r', '\n') >= 0
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
