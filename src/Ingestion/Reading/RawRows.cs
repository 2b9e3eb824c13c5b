using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>The table <c>raw</c>: the typed rows of a source's files, each with its file, line and identity.</summary>
/// <remarks>A column that no statement of the source reads is typed, so that bad rows are found, but not kept.</remarks>
/// <param name="inputBytes">Bytes of the files to come.</param>
sealed class RawRows(Connection connection, Source source, string salt, long inputBytes)
{
    readonly int[] _identity =
    [
        .. source.Identity.Select(name => source.Columns.Select(column => column.Name).ToList().IndexOf(name)),
    ];
    readonly bool[] _isKept = [.. source.Columns.Select(column => source.Reads(column.Name))];
    readonly SipHash _hash = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt} {source.Name}")));
    readonly SeenIdentities _seen = new(inputBytes);
    byte[] _identityBytes = new byte[256];
    long _row;

    /// <summary>Whether an identity among the rows at hand may have come before, in them or in earlier ones.</summary>
    public bool MayRepeat { get; private set; }

    /// <summary>Whether the table has a column of this name for itself.</summary>
    public static bool IsOwnColumn(string name) =>
        name.ToLowerInvariant() is "_row" or "_file" or "_line" or "_high" or "_low" or "_again";

    public void CreateTable()
    {
        MayRepeat = false;
        var columns = source
            .Columns.Where((_, place) => _isKept[place])
            .Select(column => $",\n  {Sql.Name(column.Name)} {TypeOf(column.Kind)}");
        connection.Execute(
            $"raw rows of {source.Name}",
            $"create table raw (\n  _row bigint,\n  _file integer,\n  _line bigint,\n  _high bigint,\n  _low bigint,\n  _again boolean{string.Concat(columns)}\n)"
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
            appender.Append(_row++).Append(file).Append(reader.Line);
            AppendIdentity(appender, typer, reader);
            for (var column = 0; column < typer.Count; column++)
            {
                if (_isKept[column])
                    AppendValue(appender, typer, reader, column);
            }
            appender.EndRow();
        }
        return (read, appended);
    }

    static void AppendValue(Appender appender, RowTyper typer, IRecordReader reader, int column)
    {
        if (typer.IsNull(column))
        {
            appender.AppendNull();
            return;
        }
        _ = typer.Kind(column) switch
        {
            ColumnKind.Text => appender.Append(reader.Field(column)),
            ColumnKind.Integer => appender.Append(typer.Bits(column)),
            ColumnKind.Number => appender.Append(typer.Number(column)),
            ColumnKind.Boolean => appender.Append(typer.Bits(column) != 0),
            ColumnKind.Date => appender.Append(DateOnly.FromDateTime(typer.Instant(column))),
            ColumnKind.Timestamp => appender.Append(typer.Instant(column)),
        };
    }

    /// <summary>128 bits of a keyed hash of the identity's typed values; none when all are empty. The key comes from the salt.</summary>
    void AppendIdentity(Appender appender, RowTyper typer, IRecordReader reader)
    {
        if (Array.TrueForAll(_identity, typer.IsNull))
        {
            appender.AppendNull().AppendNull().Append(value: false);
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
        var mayRepeat = _seen.Add(high, low);
        MayRepeat |= mayRepeat;
        appender.Append(unchecked((long)high)).Append(unchecked((long)low)).Append(mayRepeat);
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
