using System.Buffers.Binary;
using System.IO.Compression;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Unpacks a gzip file and refuses one that is cut off, damaged, or has something else behind it.</summary>
/// <remarks>
/// The runtime's own stream reads a truncated file without an error and ignores what follows the last member, so the
/// eight bytes at the end of the file (CRC-32 and length, RFC 1952) are compared with what came out. Only when they
/// do not fit, the file is gone through once more with exact member limits: it may hold several members.
/// </remarks>
static class GzipFile
{
    const int HeaderLength = 10;
    const int TrailerLength = 8;

    public static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <summary>Writes the unpacked bytes to a file.</summary>
    /// <exception cref="IngestionException">The file is not whole.</exception>
    public static void Unpack(string path, string target, CancellationToken cancellation)
    {
        var (crc, length) = (new Crc32(), 0L);
        try
        {
            using var packed = File.OpenRead(path);
            using var plain = new GZipStream(packed, CompressionMode.Decompress);
            using var output = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            var buffer = new byte[1 << 16];
            for (int read; (read = plain.Read(buffer)) > 0; length += read)
            {
                cancellation.ThrowIfCancellationRequested();
                crc.Add(buffer.AsSpan(0, read));
                output.Write(buffer, 0, read);
                UnpackedSize.Check(packed.Length, length + read);
            }
        }
        catch (InvalidDataException error)
        {
            throw Damaged($"the packed bytes are damaged after {length} unpacked bytes", error);
        }
        if (!EndsWith(path, crc.Value, length))
            CheckMembers(path, cancellation);
    }

    static bool EndsWith(string path, uint crc, long length)
    {
        using var file = File.OpenRead(path);
        if (file.Length < HeaderLength + TrailerLength)
            return false;
        file.Position = file.Length - TrailerLength;
        Span<byte> trailer = stackalloc byte[TrailerLength];
        file.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == crc
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == unchecked((uint)length);
    }

    static void CheckMembers(string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Span<byte> trailer = stackalloc byte[TrailerLength];
        for (var member = 1; file.Position < file.Length; member++)
        {
            var start = file.Position;
            if (!TrySkipHeader(file))
            {
                throw member == 1
                    ? Damaged("the file ends inside the gzip header", null)
                    : Damaged($"{file.Length - start} bytes that are no gzip follow the end of the packed data", null);
            }
            var (crc, length) = Inflate(file, cancellation);
            if (file.ReadAtLeast(trailer, TrailerLength, throwOnEndOfStream: false) < TrailerLength)
                throw Damaged("the file is cut off: it ends before its packed data does", null);
            if (
                BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc
                || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != unchecked((uint)length)
            )
                throw Damaged("the checksum at the end does not fit the unpacked data", null);
        }
    }

    /// <summary>Steps over a member's header with its optional parts; false when there is none.</summary>
    static bool TrySkipHeader(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            return false;
        if (header is not [0x1F, 0x8B, 8, var flags, ..])
            return false;
        if ((flags & 4) != 0)
            file.Position += file.ReadByte() + (file.ReadByte() << 8);
        for (var zeroEnded = (flags >> 3 & 1) + (flags >> 4 & 1); zeroEnded > 0; zeroEnded--)
        {
            while (file.ReadByte() > 0) { }
        }
        if ((flags & 2) != 0)
            file.Position += 2;
        return true;
    }

    static (uint Crc, long Length) Inflate(FileStream file, CancellationToken cancellation)
    {
        using var single = new ByteWise(file);
        using var plain = new DeflateStream(single, CompressionMode.Decompress, leaveOpen: true);
        var (crc, length, buffer) = (new Crc32(), 0L, new byte[1 << 16]);
        for (int read; (read = plain.Read(buffer)) > 0; length += read)
        {
            cancellation.ThrowIfCancellationRequested();
            crc.Add(buffer.AsSpan(0, read));
        }
        return (crc.Value, length);
    }

    static IngestionException Damaged(string what, Exception? cause)
    {
        var message = $"{what}. Expected a whole gzip file; copy or export it again.";
        return cause is null ? new IngestionException(message) : new IngestionException(message, cause);
    }

    /// <summary>Hands out one byte a time, so that the inflater takes not one byte more than it needs.</summary>
    sealed class ByteWise(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            inner.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => inner.Read(buffer[..Math.Min(buffer.Length, 1)]);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
