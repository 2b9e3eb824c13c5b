namespace LeadScoring.Ingestion.DuckDb;

/// <summary>One column of a chunk that is being filled; values are written where the engine will read them.</summary>
sealed unsafe class ColumnBuffer
{
    readonly nint _vector;
    readonly TypeId _type;
    void* _values;
    ulong* _validity;

    public ColumnBuffer(nint vector, TypeId type)
    {
        (_vector, _type) = (vector, type);
        Forget();
    }

    /// <summary>After the chunk was reset: its memory may lie elsewhere, and nothing is NULL.</summary>
    public void Forget()
    {
        _values = NativeMethods.duckdb_vector_get_data(_vector);
        _validity = null;
    }

    public void Null(int row)
    {
        if (_validity is null)
        {
            NativeMethods.duckdb_vector_ensure_validity_writable(_vector);
            _validity = NativeMethods.duckdb_vector_get_validity(_vector);
        }
        _validity[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <returns>Why the value does not fit, null when it does.</returns>
    public string? Put(int row, long value)
    {
        switch (_type)
        {
            case TypeId.BigInt:
                ((long*)_values)[row] = value;
                return null;
            case TypeId.Integer when value is >= int.MinValue and <= int.MaxValue:
                ((int*)_values)[row] = (int)value;
                return null;
            case TypeId.USmallInt when value is >= 0 and <= ushort.MaxValue:
                ((ushort*)_values)[row] = (ushort)value;
                return null;
            case TypeId.UTinyInt when value is >= 0 and <= byte.MaxValue:
                ((byte*)_values)[row] = (byte)value;
                return null;
            case TypeId.Double:
                ((double*)_values)[row] = value;
                return null;
            default:
                return $"a whole number that a {_type} cannot hold";
        }
    }

    public string? Put(int row, double value)
    {
        switch (_type)
        {
            case TypeId.Double:
                ((double*)_values)[row] = value;
                return null;
            case TypeId.Float when double.IsFinite((float)value) == double.IsFinite(value):
                ((float*)_values)[row] = (float)value;
                return null;
            default:
                return $"a number that a {_type} cannot hold";
        }
    }

    public string? Put(int row, bool value)
    {
        if (_type != TypeId.Boolean)
            return $"a truth, which a {_type} cannot hold";
        ((byte*)_values)[row] = value ? (byte)1 : (byte)0;
        return null;
    }

    public string? PutInstant(int row, long microseconds)
    {
        if (_type != TypeId.Timestamp)
            return $"an instant, which a {_type} cannot hold";
        ((long*)_values)[row] = microseconds;
        return null;
    }

    public string? PutDay(int row, int days)
    {
        if (_type != TypeId.Date)
            return $"a day, which a {_type} cannot hold";
        ((int*)_values)[row] = days;
        return null;
    }

    /// <summary>Short text goes into its place; longer text is copied to where the engine keeps such.</summary>
    public string? Put(int row, ReadOnlySpan<byte> utf8)
    {
        if (_type != TypeId.Text)
            return $"text, which a {_type} cannot hold";
        if (utf8.Length <= NativeText.InlineLength)
        {
            var text = (NativeText*)_values + row;
            *text = new NativeText { Length = (uint)utf8.Length };
            utf8.CopyTo(new Span<byte>(text->Inline, NativeText.InlineLength));
            return null;
        }
        fixed (byte* start = utf8)
            NativeMethods.duckdb_vector_assign_string_element_len(_vector, (ulong)row, start, (ulong)utf8.Length);
        return null;
    }
}
