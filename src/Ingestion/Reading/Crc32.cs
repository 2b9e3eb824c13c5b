namespace LeadScoring.Ingestion.Reading;

/// <summary>The checksum in a gzip trailer: CRC-32 with the reflected polynomial EDB88320 (RFC 1952, section 8).</summary>
sealed class Crc32
{
    // Four tables, so that four bytes are folded in at a time ("slicing by 4").
    static readonly uint[][] _tables = Tables();

    uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        while (bytes.Length >= 4)
        {
            state ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            state =
                _tables[3][state & 0xFF]
                ^ _tables[2][(state >> 8) & 0xFF]
                ^ _tables[1][(state >> 16) & 0xFF]
                ^ _tables[0][state >> 24];
            bytes = bytes[4..];
        }
        foreach (var value in bytes)
            state = (state >> 8) ^ _tables[0][(state ^ value) & 0xFF];
        _state = state;
    }

    static uint[][] Tables()
    {
        var tables = new uint[4][];
        for (var table = 0; table < 4; table++)
        {
            tables[table] = new uint[256];
            for (var index = 0u; index < 256; index++)
                tables[table][index] = table == 0 ? Fold(index) : Next(tables, table, index);
        }
        return tables;
    }

    static uint Next(uint[][] tables, int table, uint index)
    {
        var before = tables[table - 1][index];
        return (before >> 8) ^ tables[0][before & 0xFF];
    }

    static uint Fold(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        return value;
    }
}
