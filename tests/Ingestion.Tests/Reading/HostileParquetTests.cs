using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Parquet files that are broken, or hold other types than their source expects.</summary>
[Parallelizable]
public sealed class HostileParquetTests : HostileFixture
{
    const string Row = "select 'p' as id, date '2024-01-01' as day, 1 as pages, 'x' as note";

    [Test]
    public void A_cut_off_file_is_refused_wherever_it_ends()
    {
        var whole = Parquet(Row);

        foreach (var length in new[] { 4, 8, whole.Length / 2, whole.Length - 1 })
            AssertRefused(Read(whole[..length], "a.parquet"), "starts like Parquet but cannot be read as such");
    }

    [Test]
    public void A_damaged_footer_is_refused()
    {
        var damaged = Parquet(Row);
        damaged.AsSpan(damaged.Length - 30, 16).Fill(0xFF);

        AssertRefused(Read(damaged, "a.parquet"), "cannot be read");
    }

    [Test]
    public void A_damaged_page_is_refused()
    {
        var damaged = Parquet(
            "select 'p' || i as id, date '2024-01-01' as day, i::integer as pages, 'x' || (i * 7919 % 1000) as note from range(5000) t(i)"
        );
        damaged.AsSpan(40, 60).Fill(0xFF);

        AssertRefused(Read(damaged, "a.parquet"), "Copy or export it again.");
    }

    [TestCase("'1.5'", "pages: expected a whole number")]
    [TestCase("1.5", "pages: expected a whole number")]
    [TestCase("'NaN'::double", "pages: expected a whole number")]
    [TestCase("true", "pages: expected a whole number")]
    [TestCase("[1]", "pages: expected a whole number")]
    [TestCase("{'a': 1}", "pages: expected a whole number")]
    [TestCase("18446744073709551615::ubigint", "pages: expected a whole number")]
    [TestCase("date '2024-01-01'", "pages: expected a whole number")]
    public void A_value_of_another_type_is_rejected(string pages, string reason) =>
        AssertRows(
            Read(Parquet($"select 'p' as id, date '2024-01-01' as day, {pages} as pages, 'x' as note"), "a.parquet"),
            1,
            0,
            reason,
            1
        );

    [TestCase("'2024-01-01'", 1)]
    [TestCase("timestamp '2024-01-01 10:00:00'", 0)]
    [TestCase("20240101", 0)]
    [TestCase("null::date", 0)]
    public void A_date_of_another_type_is_no_date_unless_its_text_is_one(string day, int accepted)
    {
        var file = Read(Parquet($"select 'p' as id, {day} as day, 1 as pages, 'x' as note"), "a.parquet");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, accepted)), string.Join(';', file.Reasons));
    }

    [TestCase("2::utinyint")]
    [TestCase("2::hugeint")]
    [TestCase("2.0::decimal(9, 2)")]
    [TestCase("2.0::float")]
    [TestCase("'2'")]
    public void A_whole_number_of_another_type_is_one(string pages)
    {
        var file = Read(
            Parquet($"select 'p' as id, date '2024-01-01' as day, {pages} as pages, 'x' as note"),
            "a.parquet"
        );

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, 1)), string.Join(';', file.Reasons));
        Assert.That(Home.Rows("select value from traces where contact = 'p'"), Is.EqualTo(["2"]));
    }

    [Test]
    public void Bytes_that_are_no_text_refuse_the_file() =>
        AssertRefused(
            Read(Parquet("select '\\xFF'::blob as id, date '2024-01-01' as day, 1 as pages, 'x' as note"), "a.parquet"),
            "cannot be read as such"
        );

    [Test]
    public void A_missing_column_refuses_the_file() =>
        AssertRefused(
            Read(Parquet("select 'p' as id, date '2024-01-01' as days, 1 as pages, 'x' as note"), "a.parquet"),
            "column 'day' is missing (did you mean 'days'?)"
        );

    [Test]
    public void A_file_without_rows_has_none()
    {
        var file = Read(Parquet(Row + " limit 0"), "a.parquet");

        Assert.That((file.State, file.Read), Is.EqualTo((FileState.Ingested, 0L)));
    }

    [TestCase("a[1].parquet", "a1.parquet")]
    [TestCase("a*.parquet", "ab.parquet")]
    [TestCase("a?.parquet", "ab.parquet")]
    [TestCase("a'b.parquet", "c.parquet")]
    public void A_name_with_signs_of_a_pattern_is_that_file_alone(string name, string beside)
    {
        Home.With("visits/" + beside, Parquet(Row.Replace("'p'", "'other'", StringComparison.Ordinal)));

        var file = Read(Parquet(Row), name);

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, 1)), file.Refusal);
        Assert.That(Home.Rows("select count(*) from traces where contact in ('p', 'other')"), Is.EqualTo(["2"]));
    }

    static byte[] Parquet(string rows)
    {
        var folder = Directory.CreateTempSubdirectory("leads-parquet-").FullName;
        try
        {
            using var database = Database.Open();
            using var connection = database.Connect();
            connection.Execute("write", $"copy ({rows}) to '{folder}/a.parquet' (format parquet)");
            return File.ReadAllBytes(Path.Combine(folder, "a.parquet"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
