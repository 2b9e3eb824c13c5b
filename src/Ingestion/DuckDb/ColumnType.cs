namespace LeadScoring.Ingestion.DuckDb;

/// <summary>DuckDB's type ids, as far as results here use them (source: <c>duckdb_type</c> in duckdb.h).</summary>
public enum TypeId
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    HugeInt = 16,
    Text = 17,
    Blob = 18,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMilliseconds = 21,
    TimestampNanoseconds = 22,
    Enum = 23,
    List = 24,
    Struct = 25,
    TimestampTz = 31,
}

/// <summary>A column's type with what is inside it.</summary>
/// <param name="Id">The type itself; for an enum <see cref="TypeId.Enum"/>.</param>
/// <param name="Storage">How a value lies in memory: for enums and decimals the integer behind them.</param>
/// <param name="Children">A list's element, or a struct's fields.</param>
/// <param name="Names">An enum's words in code order, or a struct's field names.</param>
/// <param name="Scale">Digits after the point of a decimal.</param>
public sealed record ColumnType(
    TypeId Id,
    TypeId Storage,
    IReadOnlyList<ColumnType> Children,
    IReadOnlyList<string> Names,
    int Scale
)
{
    /// <summary>Reads a native logical type and frees it.</summary>
    internal static ColumnType Take(nint type)
    {
        try
        {
            var id = (TypeId)NativeMethods.duckdb_get_type_id(type);
            return id switch
            {
                TypeId.Enum => new(id, (TypeId)NativeMethods.duckdb_enum_internal_type(type), [], Words(type), 0),
                TypeId.List => new(id, id, [Take(NativeMethods.duckdb_list_type_child_type(type))], [], 0),
                TypeId.Struct => Fields(type),
                TypeId.Decimal => new(
                    id,
                    (TypeId)NativeMethods.duckdb_decimal_internal_type(type),
                    [],
                    [],
                    NativeMethods.duckdb_decimal_scale(type)
                ),
                _ => new(id, id, [], [], 0),
            };
        }
        finally
        {
            NativeMethods.duckdb_destroy_logical_type(ref type);
        }
    }

    static string[] Words(nint type)
    {
        var words = new string[NativeMethods.duckdb_enum_dictionary_size(type)];
        for (var i = 0; i < words.Length; i++)
            words[i] = NativeMethods.TakeText(NativeMethods.duckdb_enum_dictionary_value(type, (ulong)i));
        return words;
    }

    static ColumnType Fields(nint type)
    {
        var count = NativeMethods.duckdb_struct_type_child_count(type);
        var (fields, names) = (new ColumnType[count], new string[count]);
        for (var i = 0UL; i < count; i++)
        {
            fields[i] = Take(NativeMethods.duckdb_struct_type_child_type(type, i));
            names[i] = NativeMethods.TakeText(NativeMethods.duckdb_struct_type_child_name(type, i));
        }
        return new(TypeId.Struct, TypeId.Struct, fields, names, 0);
    }
}
