using System.Globalization;
using System.IO.Compression;

namespace LeadScoring.Ingestion.Reading;

/// <summary>The unpacked bytes of a zip member, whose length and CRC-32 must be those of the archive's directory.</summary>
/// <remarks>The runtime's own reader does not compare them. What unpacks without end is a trap and is given up.</remarks>
/// <param name="packed">Bytes of the whole archive.</param>
sealed class CheckedMember(ZipArchiveEntry member, long packed) : Stream
{
    public const string Expected = "Expected a whole zip archive of exports; copy or export it again.";

    readonly BufferedStream _stream = new(member.Open(), 1 << 16);
    readonly Crc32 _crc = new();
    long _length;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => member.Length;
    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        var read = _stream.Read(buffer);
        _crc.Add(buffer[..read]);
        _length += read;
        if (_length > member.Length || (read == 0 && (_length != member.Length || _crc.Value != member.Crc32)))
        {
            throw new IngestionException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{member.FullName} in the zip archive is damaged after {_length:N0} unpacked bytes. {Expected}"
                )
            );
        }
        UnpackedSize.Check(packed, _length);
        return read;
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _stream.Dispose();
        base.Dispose(disposing);
    }
}
