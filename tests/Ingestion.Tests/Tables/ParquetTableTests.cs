using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class ParquetTableTests
{
    static readonly TableColumns _columns = new()
    {
        Label = "y",
        Id = "id",
        Time = "at",
        Weight = "w",
    };

    /// <summary>A column of every type, 5,000 rows so that there are several chunks, every seventh value missing.</summary>
    const string AllTypes = """
        create table t as
        select
            case when i % 7 = 0 then null else (i % 100)::tinyint end as a1,
            case when i % 7 = 1 then null else (i % 200)::utinyint end as a2,
            case when i % 7 = 2 then null else (i * 5 - 9000)::smallint end as a3,
            case when i % 7 = 3 then null else (i * 11)::usmallint end as a4,
            case when i % 7 = 4 then null else (i * 100003 - 7)::integer end as a5,
            case when i % 7 = 5 then null else (i * 100003)::uinteger end as a6,
            case when i % 7 = 6 then null else (i * 1000000007 + 12345678901234567)::bigint end as a7,
            case when i % 7 = 0 then null else (i::ubigint * 1000000007 + 18000000000000000000) end as a8,
            case when i % 7 = 1 then null else (i / 7)::float end as a9,
            case when i % 7 = 2 then null when i % 7 = 3 then 'nan'::double else i / 7 end as a10,
            case when i % 7 = 3 then null else (i / 7)::decimal(9, 3) end as a11,
            case when i % 7 = 4 then null else (i / 7)::decimal(38, 10) end as a12,
            case when i % 7 = 5 then null else (i::hugeint * 1000000000000000000000) end as a13,
            case when i % 7 = 6 then null else i % 3 = 0 end as a14,
            case when i % 7 = 0 then null else date '1999-12-30' + i::integer end as a15,
            case when i % 7 = 1 then null else timestamp '1969-12-31 23:00:00.123456' + interval (i) minute end as a16,
            case when i % 7 = 2 then null else ('2025-01-01 00:00:00+01'::timestamptz + interval (i) second) end as a17,
            case when i % 7 = 3 then null else (timestamp '2025-01-01 00:00:00' + interval (i) day)::timestamp_s end as a18,
            case when i % 7 = 4 then null else (timestamp '2025-01-01 00:00:00' + interval (i) day)::timestamp_ms end as a19,
            case when i % 7 = 5 then null else (timestamp '2025-01-01 00:00:00' + interval (i) day)::timestamp_ns end as a20,
            case when i % 7 = 6 then null else 'level ' || (i % 50) end as a21,
            case when i % 7 = 0 then null when i % 2 = 0 then 'yes' else 'no' end as a22,
            (i % 31)::varchar as a23,
            case when i % 2 = 0 then 'a' else 'b' end::enum('a', 'b') as a24,
            [i % 5, 2] as a25,
            time '12:00:00' + interval (i % 20) minute as a26,
            i * 3 as id,
            date '2020-01-01' + (i % 40)::integer as at,
            1 + i % 4 as w,
            i % 3 = 0 as y
        from range(5000) r(i)
        """;

    [Test]
    public void Every_type_has_the_meaning_that_its_text_has_in_CSV()
    {
        static void Fill(Connection connection) => connection.Execute("fill", $"set TimeZone = 'UTC'; {AllTypes}");
        var parquet = ParquetTable.Read(Fill, _columns);
        var csv = ParquetTable.With(Fill, "format csv", "table.csv", path => ReadTable.Run(path, _columns));
        Assert.That(
            parquet.Table.Features.Select(f => $"{f.Name} {f.Unit} {string.Join('|', f.Levels)}"),
            Is.EqualTo(csv.Table.Features.Select(f => $"{f.Name} {f.Unit} {string.Join('|', f.Levels)}"))
        );
        Assert.That(
            parquet.Table.Features.Select(f => f.Unit),
            Is.EqualTo([
                .. Enumerable.Repeat("value", 13),
                "0/1",
                .. Enumerable.Repeat("days since 1970", 6),
                "level",
                "0/1",
                "value",
                "level",
                "level",
                "level",
            ])
        );
        Assert.That(parquet.Table.Columns, Is.EqualTo(csv.Table.Columns));
        Assert.That(parquet.Table.Contacts, Is.EqualTo(csv.Table.Contacts));
        Assert.That(parquet.Table.AsOf, Is.EqualTo(csv.Table.AsOf));
        Assert.That(parquet.Table.Weights, Is.EqualTo(csv.Table.Weights));
        Assert.That(parquet.Table.Labels, Is.EqualTo(csv.Table.Labels));
        Assert.That(parquet.Positive, Is.EqualTo(["true"]));
    }

    [TestCase("select 1 as a, true as y where false", "has no rows")]
    [TestCase("select 1 as a, null::boolean as y", "Row 1: the label 'y' is missing")]
    [TestCase("select 1 as a, true as y", "The label 'y' is 'true' in every row")]
    [TestCase("select unnest([1, 2]) as a, unnest([true, false]) as y, 0 as w", "Row 1: the weight 'w' is '0'")]
    [TestCase("select unnest([1, 2]) as a, unnest([true, false]) as y, true as w", "Row 1: the weight 'w' is 'true'")]
    [TestCase("select unnest([1, 2]) as a, unnest([true, false]) as y, date '2025-01-02' as w", "'w' is '2025-01-02'")]
    [TestCase("select unnest([1, 2]) as a, unnest([true, false]) as y, null as w", "Row 1: the weight 'w' is ''")]
    public void What_is_wrong_with_its_rows_is_named(string rows, string expected)
    {
        var columns = new TableColumns
        {
            Label = "y",
            Weight = rows.Contains(" as w", StringComparison.Ordinal) ? "w" : null,
        };
        Assert.That(
            () => ParquetTable.Read(connection => connection.Execute("fill", $"create table t as {rows}"), columns),
            Throws.TypeOf<IngestionException>().With.Message.Contains(expected)
        );
    }

    [TestCase("1e7::double", "10000000")]
    [TestCase("true", "true")]
    [TestCase("null::integer", "")]
    [TestCase("'soon'", "soon")]
    public void A_time_that_is_none_is_named(string value, string told) =>
        Assert.That(
            () =>
                ParquetTable.Read(
                    connection =>
                        connection.Execute(
                            "fill",
                            $"create table t as select unnest([1, 2]) as a, unnest([true, false]) as y, {value} as at"
                        ),
                    new TableColumns { Label = "y", Time = "at" }
                ),
            Throws.TypeOf<IngestionException>().With.Message.StartsWith($"Row 1: the time 'at' is '{told}', expected")
        );

    [Test]
    public void A_time_in_numbers_is_in_days() =>
        Assert.That(
            ParquetTable
                .Read(
                    connection =>
                        connection.Execute(
                            "fill",
                            "create table t as select unnest([1, 2]) as a, unnest([true, false]) as y, unnest([2.5::double, 1]) as at"
                        ),
                    new TableColumns { Label = "y", Time = "at" }
                )
                .Table.AsOf,
            Is.EqualTo([new DateTime(2000, 1, 2), new DateTime(2000, 1, 3, 12, 0, 0)])
        );

    [Test]
    public void A_damaged_file_is_named() =>
        Assert.That(
            () => TableFiles.With("PAR1 and no more"u8.ToArray(), "t.parquet", path => ReadTable.Run(path, new())),
            Throws.TypeOf<IngestionException>().With.Message.StartsWith("t.parquet cannot be read as Parquet: ")
        );
}
