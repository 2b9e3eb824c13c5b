using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.DuckDb;

public sealed class QueryTests
{
    readonly Database _database = Database.Open();
    readonly Connection _connection;

    public QueryTests() => _connection = _database.Connect();

    [OneTimeTearDown]
    public void Close()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Test]
    public void The_engine_is_the_version_the_build_fetched() => Assert.That(Database.Version, Is.EqualTo("v1.5.5"));

    [Test]
    public void Values_of_every_type_come_back_as_they_are()
    {
        const string sql = """
            select true, -1::tinyint, -300::smallint, 70000::integer, 5000000000::bigint, 200::utinyint, 60000::usmallint,
                4000000000::uinteger, 1.5::float, 2.25::double, timestamp '2026-05-01 12:34:56.789', date '2026-05-01',
                'å', 12.34::decimal(9, 2), [1, 2, 3], {'a': 1, 'b': 'x'}, 'b'::enum('a', 'b'), null::integer,
                170141183460469231731687303715884105727::hugeint
            """;
        using var result = _connection.Query("every type", sql);
        var chunk = result.Next()!;
        object?[] expected =
        [
            true,
            -1L,
            -300L,
            70000L,
            5000000000L,
            200L,
            60000L,
            4000000000L,
            1.5f,
            2.25,
            new DateTime(2026, 5, 1, 12, 34, 56, 789, DateTimeKind.Utc),
            new DateOnly(2026, 5, 1),
            "å",
            12.34m,
            new object?[] { 1L, 2L, 3L },
            new object?[] { 1L, "x" },
            "b",
            null,
            Int128.MaxValue,
        ];
        using (Assert.EnterMultipleScope())
        {
            for (var column = 0; column < expected.Length; column++)
                Assert.That(chunk.Value(column, 0), Is.EqualTo(expected[column]), $"column {column}");
            Assert.That(result.Next(), Is.Null);
        }
    }

    [Test]
    public void Slots_that_are_null_are_known_by_validity_and_not_by_value()
    {
        using var result = _connection.Query(
            "nulls",
            "select case when i % 3 = 0 then null else i end from range(100) t(i)"
        );
        var chunk = result.Next()!;
        var values = chunk.Span<long>(0);
        using (Assert.EnterMultipleScope())
        {
            for (var row = 0; row < 100; row++)
            {
                Assert.That(chunk.IsNull(0, row), Is.EqualTo(row % 3 == 0));
                if (row % 3 != 0)
                    Assert.That(values[row], Is.EqualTo(row));
            }
        }
    }

    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(4000)]
    public void Text_is_read_whole_whether_it_lies_inline_or_behind_a_pointer(int length)
    {
        var text = new string('x', length);
        using var result = _connection.Query("text", "select $1, null::varchar, ''", text);
        var chunk = result.Next()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunk.Text(0, 0), Is.EqualTo(text));
            Assert.That(chunk.TextBytes(0, 0).Length, Is.EqualTo(length));
            Assert.That(chunk.Text(1, 0), Is.Null);
            Assert.That(chunk.Text(2, 0), Is.Empty);
        }
    }

    [Test]
    public void A_long_result_streams_in_chunks_and_loses_no_row()
    {
        using var result = _connection.Query("long", "select i from range(100_000) t(i)");
        var (rows, sum, chunks) = (0, 0L, 0);
        while (result.Next() is { } chunk)
        {
            chunks++;
            rows += chunk.Count;
            foreach (var value in chunk.Span<long>(0))
                sum += value;
        }
        Assert.That((rows, sum, chunks), Is.EqualTo((100_000, 4_999_950_000L, 49)));
    }

    [Test]
    public void A_list_column_gives_each_row_its_own_elements()
    {
        using var result = _connection.Query(
            "lists",
            "select * from (values ([1.5::float, 2]), ([]), (null), ([3])) t(v)"
        );
        var column = result.Next()![0];
        var elements = column.Elements.Span<float>().ToArray();
        float[] Row(int row) => elements[column.Range(row).Start..(column.Range(row).Start + column.Range(row).Length)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Row(0), Is.EqualTo(new[] { 1.5f, 2 }));
            Assert.That(Row(1), Is.Empty);
            Assert.That(column.IsNull(2), Is.True);
            Assert.That(Row(2), Is.Empty);
            Assert.That(Row(3), Is.EqualTo(new[] { 3f }));
        }
    }

    [Test]
    public void Parameters_bind_by_position_and_by_name()
    {
        var instant = new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc);
        var day = new DateOnly(1969, 12, 31);
        using var byPosition = _connection.Query("position", "select $2, $1", "a", 7);
        using (Assert.EnterMultipleScope())
        {
            var chunk = byPosition.Next()!;
            Assert.That((chunk.Value(0, 0), chunk.Value(1, 0)), Is.EqualTo(((object?)7L, (object?)"a")));
            Assert.That(_connection.Scalar("name", "select $at", ("at", instant)), Is.EqualTo(instant));
            Assert.That(_connection.Scalar("day", "select $day", ("day", day)), Is.EqualTo(day));
            Assert.That(_connection.Scalar("null", "select $x is null", ("x", (object?)null)), Is.True);
            Assert.That(_connection.Scalar<double>("double", "select $x + 0.5", ("x", 1.25)), Is.EqualTo(1.75));
        }
    }

    [Test]
    public void A_wrong_parameter_is_named()
    {
        var count = Assert.Throws<DuckDbException>(() => _connection.Execute("pair", "select $1, $2", 1));
        var name = Assert.Throws<DuckDbException>(() => _connection.Execute("named", "select $a", ("b", 1)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(count.Message, Is.EqualTo("pair: it takes 2 parameters and was given 1"));
            Assert.That(name.Message, Is.EqualTo("named: it has no parameter $b"));
        }
    }

    [Test]
    public void Several_statements_run_in_order_and_the_last_one_gives_the_count()
    {
        var changed = _connection.Execute(
            "several",
            "create or replace temp table several(i integer); insert into several values (1), (2); insert into several select i + 10 from several where i < $1",
            2
        );
        Assert.That(changed, Is.EqualTo(1));
        Assert.That(_connection.Scalar<long>("sum", "select sum(i)::bigint from several"), Is.EqualTo(14));
    }

    [TestCase(1)]
    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(40)]
    public void Runs_of_the_same_text_are_found_whole_whatever_their_length(int width)
    {
        using var result = _connection.Query(
            "runs",
            $"select right(repeat('x', {width}) || (i // (1 + {width} % 7)), {width}) as text from range(300) t(i) order by 1"
        );
        var texts = result.Next()![0];
        var row = 0;
        while (row < texts.Count)
        {
            var until = row + 1;
            while (until < texts.Count && string.Equals(texts.Text(until), texts.Text(row), StringComparison.Ordinal))
                until++;
            Assert.That(texts.SameTextUntil(row), Is.EqualTo(until), $"from row {row}");
            row = until;
        }
    }

    [Test]
    public void The_end_of_a_run_of_text_is_found_from_each_of_its_rows([Values(3, 20)] int width)
    {
        using var result = _connection.Query(
            "runs",
            $"select repeat(chr(97 + (i > 20)::int + (i > 40)::int), {width}) as text from range(61) t(i) order by 1"
        );
        var texts = result.Next()![0];
        int[] found = [.. Enumerable.Range(0, 61).Select(texts.SameTextUntil)];
        Assert.That(
            found,
            Is.EqualTo(
                Enumerable
                    .Range(0, 61)
                    .Select(row =>
                        row < 21 ? 21
                        : row < 41 ? 41
                        : 61
                    )
            )
        );
    }
}
