namespace LeadScoring.Worker.Packed;

/// <summary>Short runs of bytes one after the other, in pieces that are never moved.</summary>
sealed class PackedBytes
{
    const int PieceBits = 20;
    const int PieceSize = 1 << PieceBits;

    readonly List<byte[]> _pieces = [];
    int _used = PieceSize;

    /// <summary>Keeps the bytes and says where; a run longer than a piece gets one of its own. All together at most 2 GiB.</summary>
    public int Add(ReadOnlySpan<byte> run)
    {
        if (_used + run.Length > PieceSize)
        {
            _pieces.Add(new byte[Math.Max(PieceSize, run.Length)]);
            _used = 0;
        }
        run.CopyTo(_pieces[^1].AsSpan(_used));
        var at = checked((_pieces.Count - 1) * PieceSize + _used);
        _used += run.Length;
        return at;
    }

    public ReadOnlySpan<byte> From(int at) => _pieces[at >> PieceBits].AsSpan(at & (PieceSize - 1));
}

/// <summary>Writes numbers in as few bytes as they take: seven bits a byte, the lowest first (LEB128).</summary>
sealed class PackedWriter
{
    byte[] _bytes = new byte[256];
    int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(int number) => Add(checked((ulong)number));

    public void Add(ulong number)
    {
        if (_length + 10 > _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        while (number >= 0x80)
        {
            _bytes[_length++] = unchecked((byte)(number | 0x80));
            number >>= 7;
        }
        _bytes[_length++] = (byte)number;
    }

    public void Add(ReadOnlySpan<byte> run)
    {
        if (_length + run.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + run.Length));
        run.CopyTo(_bytes.AsSpan(_length));
        _length += run.Length;
    }

    /// <summary>A count that SQL gives as a double.</summary>
    public void AddWhole(double count) =>
        Add(
            count >= 0 && count < long.MaxValue && Math.Floor(count) == count
                ? (ulong)count
                : throw new InvalidOperationException($"{count} is no count")
        );
}

/// <summary>Reads what <see cref="PackedWriter"/> wrote.</summary>
ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;

    /// <summary>Bytes read so far.</summary>
    public readonly int Read => _at;

    public ulong NextLong()
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = _bytes[_at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return number;
        }
    }

    public int Next() => (int)NextLong();
}
