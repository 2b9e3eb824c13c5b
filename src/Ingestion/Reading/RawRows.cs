using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>The table <c>raw</c>: the typed rows of a source's files, each with its file, line and identity.</summary>
/// <remarks>A column that no statement of the source reads is typed, so that bad rows are found, but not kept.</remarks>
/// <param name="inputBytes">Bytes of the files to come.</param>
sealed class RawRows(Connection connection, Source source, string salt, long inputBytes) : IDisposable
{
    readonly int[] _identity =
    [
        .. source.Identity.Select(name => source.Columns.Select(column => column.Name).ToList().IndexOf(name)),
    ];
    readonly int[] _kept =
    [
        .. source.Columns.Index().Where(column => source.Reads(column.Item.Name)).Select(column => column.Index),
    ];
    readonly SipHash _hash = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt} {source.Name}")));
    readonly Lazy<SeenIdentities> _seen = new(() => new(inputBytes));
    byte[] _identityBytes = new byte[256];
    long _row;

    readonly List<long> _again = [];

    /// <summary>Rows at hand whose identity may have come before, in them or in earlier ones.</summary>
    public IReadOnlyList<long> Again => _again;

    /// <summary>Whether the table has a column of this name for itself.</summary>
    public static bool IsOwnColumn(string name) =>
        name.ToLowerInvariant() is "_row" or "_file" or "_line" or "_high" or "_low";

    public void CreateTable()
    {
        _again.Clear();
        var columns = _kept
            .Select(place => source.Columns[place])
            .Select(column => $",\n  {Sql.Name(column.Name)} {TypeOf(column.Kind)}");
        connection.Execute(
            $"raw rows of {source.Name}",
            $"create table raw (\n  _row bigint,\n  _file integer,\n  _line bigint,\n  _high bigint,\n  _low bigint{string.Concat(columns)}\n)"
        );
    }

    /// <summary>Appends the good records of one file; hands the others to <paramref name="reject"/> with the reason.</summary>
    /// <param name="most">Records to read at most.</param>
    /// <param name="passed">Told now and then how many records are read.</param>
    /// <returns>Records read and records appended; fewer than <paramref name="most"/> read at the end of the file.</returns>
    public (long Read, long Appended) Append(
        IRecordReader reader,
        int file,
        long most,
        Action<IRecordReader, string> reject,
        Action<long> passed,
        CancellationToken cancellation
    )
    {
        var typer = new RowTyper(reader.Columns);
        var (read, appended) = (0L, 0L);
        var seen = _seen.Value;
        using var appender = connection.Appender("raw");
        while (read < most && reader.Next())
        {
            if ((++read & 0x3FFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                passed(read);
            }
            if (typer.Type(reader) is { } reason)
            {
                reject(reader, reason);
                continue;
            }
            appended++;
            appender.Append(_row).Append(file).Append(reader.Line);
            AppendIdentity(appender, typer, reader, seen);
            _row++;
            foreach (var column in _kept)
                AppendValue(appender, typer, reader, column);
            appender.EndRow();
        }
        _again.AddRange(seen.Finish());
        return (read, appended);
    }

    public void Dispose()
    {
        if (_seen.IsValueCreated)
            _seen.Value.Dispose();
    }

    static void AppendValue(Appender appender, RowTyper typer, IRecordReader reader, int column)
    {
        if (typer.IsNull(column))
        {
            appender.AppendNull();
            return;
        }
        switch (typer.Kind(column))
        {
            case ColumnKind.Text:
                appender.Append(reader.Field(column));
                break;
            case ColumnKind.Number:
                appender.Append(typer.Number(column));
                break;
            case ColumnKind.Boolean:
                appender.Append(typer.Bits(column) != 0);
                break;
            case ColumnKind.Date:
                appender.Append(DateOnly.FromDateTime(typer.Instant(column)));
                break;
            case ColumnKind.Timestamp:
                appender.Append(typer.Instant(column));
                break;
            default:
                appender.Append(typer.Bits(column));
                break;
        }
    }

    /// <summary>128 bits of a keyed hash of the identity's typed values; none when all are empty. The key comes from the salt.</summary>
    void AppendIdentity(Appender appender, RowTyper typer, IRecordReader reader, SeenIdentities seen)
    {
        var isEmpty = true;
        foreach (var column in _identity)
            isEmpty &= typer.IsNull(column);
        if (isEmpty)
        {
            appender.AppendNull().AppendNull();
            return;
        }
        var length = 0;
        Span<byte> bits = stackalloc byte[9];
        foreach (var column in _identity)
        {
            bits[0] = (byte)(
                typer.IsNull(column) ? 0
                : typer.Kind(column) == ColumnKind.Text ? 1
                : 2
            );
            var text = bits[0] == 1 ? reader.Field(column) : [];
            BinaryPrimitives.WriteInt64LittleEndian(bits[1..], bits[0] == 2 ? typer.Bits(column) : text.Length);
            length = Put(Put(length, bits), text);
        }
        var (high, low) = _hash.Hash(_identityBytes.AsSpan(0, length));
        if (seen.Add(_row, high, low) is >= 0 and var again)
            _again.Add(again);
        appender.Append(unchecked((long)high)).Append(unchecked((long)low));
    }

    int Put(int at, ReadOnlySpan<byte> bytes)
    {
        if (_identityBytes.Length < at + bytes.Length)
            Array.Resize(ref _identityBytes, Math.Max(_identityBytes.Length * 2, at + bytes.Length));
        bytes.CopyTo(_identityBytes.AsSpan(at));
        return at + bytes.Length;
    }

    static string TypeOf(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Text => "varchar",
            ColumnKind.Integer => "bigint",
            ColumnKind.Number => "double",
            ColumnKind.Boolean => "boolean",
            ColumnKind.Date => "date",
            ColumnKind.Timestamp => "timestamp",
        };
}
