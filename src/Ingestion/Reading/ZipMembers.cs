using System.IO.Compression;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Unpacks a zip archive into one text: a member, or several exports with the same header one after the other.</summary>
/// <remarks>
/// The runtime's reader does not compare checksums, so that is done here. Lines count on from member to member, without
/// the headers of the later ones.
/// </remarks>
static class ZipMembers
{
    const string Expected = CheckedMember.Expected;

    public static bool IsZip(ReadOnlySpan<byte> start) => start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..];

    /// <summary>Writes the unpacked bytes to a file.</summary>
    /// <returns>The names of the members, for the report.</returns>
    /// <exception cref="IngestionException">It is encrypted, damaged, a workbook, or its members do not belong together.</exception>
    public static string Unpack(string path, string target, CancellationToken cancellation)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            RefuseOffice(archive);
            var members = archive
                .Entries.Where(IsExport)
                .OrderBy(member => member.FullName, StringComparer.Ordinal)
                .ToList();
            if (members.Count == 0)
                throw new IngestionException($"the zip archive holds no file. {Expected}");
            if (members.Find(member => member.IsEncrypted) is { } closed)
                throw new IngestionException(
                    $"{closed.FullName} in the zip archive is encrypted. Pack it without a password."
                );
            using var output = new FileStream(target, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
            byte[]? header = null;
            foreach (var member in members)
                header = Append(member, output, header, members.Count > 1, new FileInfo(path).Length, cancellation);
            return string.Join(", ", members.Select(member => member.FullName));
        }
        catch (InvalidDataException error)
        {
            throw new IngestionException(
                $"the zip archive is damaged, cut off, or packed in an unusual way. {Expected}",
                error
            );
        }
    }

    static void RefuseOffice(ZipArchive archive)
    {
        if (archive.GetEntry("[Content_Types].xml") is not null)
            throw new IngestionException(
                "this is an Office file and no workbook that can be read here. Expected CSV, or an .xlsx in the inbox."
            );
        if (archive.GetEntry("content.xml") is not null && archive.GetEntry("mimetype") is not null)
            throw new IngestionException("this is an OpenDocument file. Save it as .xlsx or CSV.");
    }

    /// <summary>What archivers add by themselves is no export: folders, and files whose names begin with a dot.</summary>
    static bool IsExport(ZipArchiveEntry member) =>
        member.Name.Length > 0
        && !member.Name.StartsWith('.')
        && !member.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);

    static byte[]? Append(
        ZipArchiveEntry member,
        FileStream output,
        byte[]? header,
        bool several,
        long packed,
        CancellationToken cancellation
    )
    {
        using var input = new CheckedMember(member, packed);
        var first = several ? FirstLine(member, input) : [];
        if (header is not null && !(IsJson(header) ? IsJson(first) : first.AsSpan().SequenceEqual(header)))
        {
            throw new IngestionException(
                $"{member.FullName} in the zip archive has another header than the member before it. "
                    + "Put archives of one kind of export into one folder, one kind in each archive."
            );
        }
        if (header is null || IsJson(header))
            output.Write(first);
        var buffer = new byte[1 << 16];
        for (int read; (read = input.Read(buffer)) > 0; )
        {
            cancellation.ThrowIfCancellationRequested();
            output.Write(buffer, 0, read);
        }
        if (several && output.Length > 0)
            EndLine(output);
        return several ? header ?? first : null;
    }

    static bool IsJson(ReadOnlySpan<byte> line) => line.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>The first line with its end and without a byte order mark.</summary>
    static byte[] FirstLine(ZipArchiveEntry member, CheckedMember input)
    {
        var line = new List<byte>();
        for (int value; (value = input.ReadByte()) >= 0; )
        {
            line.Add((byte)value);
            if (value == '\n')
                break;
            if (line.Count > RecordScanner.MaximumRecord)
                throw new IngestionException(
                    $"the first line of {member.FullName} does not end within {RecordScanner.MaximumRecord >> 20} MiB. {Expected}"
                );
        }
        var bytes = line.ToArray().AsSpan();
        if (bytes.Contains((byte)0) || bytes.StartsWith("PAR1"u8) || bytes.StartsWith((byte[])[0x1F, 0x8B]))
        {
            throw new IngestionException(
                $"{member.FullName} is one of several in the zip archive and no text of one byte a sign. "
                    + "Expected CSV or NDJSON in UTF-8 or Latin-1; put it into an archive of its own."
            );
        }
        if (bytes.Count((byte)'"') % 2 == 1)
            throw new IngestionException(
                $"the header of {member.FullName} goes over several lines; put it into an archive of its own."
            );
        var text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return [.. text.TrimEnd("\r\n"u8), (byte)'\n'];
    }

    static void EndLine(FileStream output)
    {
        output.Position = output.Length - 1;
        var last = output.ReadByte();
        if (last != '\n')
            output.WriteByte((byte)'\n');
    }
}
