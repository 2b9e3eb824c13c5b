using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.DuckDb;

public sealed class AppenderTests
{
    [Test]
    public void Appended_rows_are_read_back_value_by_value()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute(
            "create",
            "create table t(n integer, f float, d double, b boolean, instant timestamp, day date, s varchar, code usmallint)"
        );
        var instant = new DateTime(1960, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddMicroseconds(1);
        using (var appender = connection.Appender("t"))
        {
            appender.Append(-5).Append(1.5f).Append(0.1).Append(true).Append(instant);
            appender.Append(new DateOnly(2026, 1, 2)).Append("Överkalix").Append(2513).EndRow();
            appender.AppendNull().AppendNull().AppendNull().AppendNull().AppendNull().AppendNull();
            appender.Append((string?)null).AppendNull().EndRow();
        }
        var rows = connection.Rows(
            "read",
            "select * from t",
            (chunk, row) => Enumerable.Range(0, 8).Select(column => chunk.Value(column, row)).ToArray()
        );
        object?[] first = [-5L, 1.5f, 0.1, true, instant, new DateOnly(2026, 1, 2), "Överkalix", 2513L];
        Assert.That(rows, Is.EqualTo(new[] { first, new object?[8] }));
    }

    [Test]
    public void A_number_out_of_the_columns_range_is_an_error_that_names_the_table()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("create", "create table small(n utinyint)");
        var appender = connection.Appender("small");
        var error = Assert.Throws<DuckDbException>(() => appender.Append(256));
        appender.Dispose();
        Assert.That(error.Message, Does.StartWith("append to small: "));
        Assert.That(connection.Scalar("count", "select count(*) from small"), Is.Zero);
    }

    [Test]
    public void A_missing_table_is_named()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        Assert.That(
            () => connection.Appender("nowhere"),
            Throws.InstanceOf<DuckDbException>().With.Message.Contains("nowhere")
        );
    }

    [Test]
    public void A_hundred_thousand_rows_arrive_in_order()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("create", "create table t(n bigint)");
        using (var appender = connection.Appender("t"))
        {
            for (var i = 0; i < 100_000; i++)
                appender.Append(i).EndRow();
        }
        Assert.That(
            connection.Scalar<long>(
                "check",
                "select count(*) from (select n, row_number() over () - 1 as i from t) where n = i"
            ),
            Is.EqualTo(100_000)
        );
    }

    [Test]
    public void A_value_of_another_type_or_a_row_too_short_or_too_long_is_an_error()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("create", "create table pair(n integer, s varchar)");
        Refused(appender => appender.Append("text"), "text, which a Integer cannot hold");
        Refused(appender => appender.Append(1).EndRow(), "a row of 1 values, expected 2");
        Refused(appender => appender.Append(1).Append("a").Append("b"), "more values in a row than the 2 columns");
        Refused(appender => appender.Append(1L << 31), "a whole number that a Integer cannot hold");
        Assert.That(connection.Scalar("count", "select count(*) from pair"), Is.Zero);

        void Refused(Action<Appender> append, string why)
        {
            using var appender = connection.Appender("pair");
            Assert.That(() => append(appender), Throws.TypeOf<DuckDbException>().With.Message.Contains(why));
        }
    }

    [Test]
    public void Texts_short_and_long_and_nulls_arrive_over_several_chunks()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("create", "create table t(s varchar)");
        string?[] texts =
        [
            .. Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? null : new string((char)('a' + (i % 26)), i % 30)),
        ];
        using (var appender = connection.Appender("t"))
        {
            foreach (var text in texts)
                appender.Append(text).EndRow();
        }
        Assert.That(connection.Rows("read", "select s from t", (chunk, row) => chunk.Text(0, row)), Is.EqualTo(texts));
    }
}
