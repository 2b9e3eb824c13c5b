using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class RateTableTests
{
    /// <summary>Rows of one feature: how many contacts, each with how many rows, hold a value, and how many rows are positive.</summary>
    static FeatureTable Table(
        FeatureType type,
        params (float Value, int Contacts, int RowsEach, int Positives)[] groups
    )
    {
        List<(string Contact, float Value, float Label)> rows = [];
        foreach (var (value, contacts, rowsEach, positives) in groups)
            for (var i = 0; i < contacts * rowsEach; i++)
                rows.Add(($"{value}-{i % contacts}", value, i < positives ? 1 : 0));
        return Rows(type, rows);
    }

    static FeatureTable Rows(FeatureType type, IReadOnlyList<(string Contact, float Value, float Label)> rows) =>
        new(
            [type == FeatureType.Numeric ? Feature.Numeric("x", "") : Feature.Categorical("x", ["a", "b", "c"])],
            [.. rows.Select(row => row.Contact)],
            [.. rows.Select(_ => Worlds.Start)],
            [
                [.. rows.Select(row => row.Value)],
            ],
            [.. rows.Select(row => row.Label)]
        );

    static FeatureRates Only(FeatureTable table) => RateTable.Of(table)[0];

    [Test]
    public void Zero_missing_and_every_well_filled_value_have_a_range_of_their_own()
    {
        var rates = Only(
            Table(FeatureType.Numeric, (0, 200, 2, 10), (1, 60, 1, 6), (2, 40, 1, 8), (float.NaN, 30, 3, 9))
        );
        Assert.That(
            rates.Ranges,
            Is.EqualTo(new ValueRange[] { new(0, 0, 400, 200, 10), new(1, 1, 60, 60, 6), new(2, 2, 40, 40, 8) })
        );
        Assert.That(rates.Missing, Is.EqualTo(new ValueRange(double.NaN, double.NaN, 90, 30, 9)));
        Assert.That((rates.Feature, rates.Type), Is.EqualTo(("x", FeatureType.Numeric)));
    }

    [Test]
    public void Values_of_fewer_than_thirty_contacts_are_told_together_with_their_thinner_neighbour()
    {
        var rates = Only(Table(FeatureType.Numeric, (1, 60, 1, 6), (2, 29, 2, 29), (3, 40, 1, 8)));
        Assert.That(rates.Ranges, Is.EqualTo(new ValueRange[] { new(1, 1, 60, 60, 6), new(2, 3, 98, 69, 37) }));
        rates = Only(Table(FeatureType.Numeric, (1, 40, 1, 6), (2, 29, 1, 9), (3, 40, 1, 8)));
        Assert.That(rates.Ranges[0], Is.EqualTo(new ValueRange(1, 2, 69, 69, 15)), "left when both are as thin");
        rates = Only(Table(FeatureType.Numeric, (1, 60, 1, 6), (2, 30, 1, 9), (3, 40, 1, 8)));
        Assert.That(rates.Ranges, Has.Count.EqualTo(3), "thirty are enough");
    }

    [Test]
    public void Values_with_too_few_positives_to_speak_of_are_told_together()
    {
        // At a base rate of 1 in 100 the 100 contacts of value 1 let expect one positive: their two say little.
        var rates = Only(Table(FeatureType.Numeric, (0, 2000, 1, 10), (1, 100, 1, 2), (2, 100, 1, 10)));
        Assert.That(rates.Ranges, Is.EqualTo(new ValueRange[] { new(0, 0, 2000, 2000, 10), new(1, 2, 200, 200, 12) }));
        // None among 1000 is another matter: three were to be expected.
        rates = Only(Table(FeatureType.Numeric, (0, 1000, 1, 5), (1, 1000, 1, 0), (2, 100, 1, 3)));
        Assert.That(rates.Ranges.Select(range => range.Positives), Is.EqualTo(new int[] { 5, 0, 3 }));
    }

    [Test]
    public void Ten_rows_of_one_contact_count_once_where_positives_are_weighed()
    {
        // 40 contacts with 10 rows each, 20 of 400 rows positive: as much as 2 of 40.
        var rates = Only(Table(FeatureType.Numeric, (1, 40, 10, 20), (2, 400, 1, 0)));
        Assert.That(rates.Ranges, Has.Count.EqualTo(1));
        Assert.That(rates.Ranges[0], Is.EqualTo(new ValueRange(1, 2, 800, 440, 20)));
        rates = Only(Table(FeatureType.Numeric, (1, 40, 10, 30), (2, 400, 1, 0)));
        Assert.That(rates.Ranges, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_contact_with_rows_in_two_ranges_told_together_is_one_contact()
    {
        var rows = new List<(string, float, float)>();
        for (var i = 0; i < 20; i++)
        {
            rows.Add(($"c{i}", 1, i < 4 ? 1 : 0));
            rows.Add(($"c{i + 10}", 2, 0));
        }
        Assert.That(
            Only(Rows(FeatureType.Numeric, rows)).Ranges,
            Is.EqualTo(new ValueRange[] { new ValueRange(1, 2, 40, 30, 4) })
        );
    }

    [Test]
    public void A_zero_that_many_share_is_never_told_with_others_and_a_rare_one_is()
    {
        var rates = Only(Table(FeatureType.Numeric, (-1, 10, 1, 1), (0, 500, 1, 5), (1, 20, 1, 20)));
        Assert.That(
            rates.Ranges,
            Is.EqualTo(new ValueRange[] { new ValueRange(0, 0, 500, 500, 5) }),
            "few on either side: nothing is said"
        );
        rates = Only(Table(FeatureType.Numeric, (-1, 100, 1, 10), (0, 5, 1, 0), (1, 200, 1, 20)));
        Assert.That(rates.Ranges[0], Is.EqualTo(new ValueRange(-1, 0, 105, 105, 10)));
    }

    [Test]
    public void Nobody_reads_one_in_one_from_three_contacts()
    {
        var rates = Only(Table(FeatureType.Numeric, (7, 3, 1, 3)));
        Assert.That(rates.Ranges, Is.Empty);
        Assert.That(rates.Like(7), Is.Null);
        Assert.That(rates.Missing, Is.Null);
        Assert.That(Only(Table(FeatureType.Numeric, (1, 40, 1, 4), (float.NaN, 29, 1, 29))).Missing, Is.Null);
        Assert.That(Only(Table(FeatureType.Numeric, (float.PositiveInfinity, 40, 1, 4))).Missing!.Rows, Is.EqualTo(40));
    }

    [Test]
    public void Many_values_are_cut_at_their_octiles()
    {
        var rows = Enumerable.Range(1, 800).Select(i => ($"c{i}", (float)i, i % 4 == 0 ? 1f : 0f)).ToList();
        var ranges = Only(Rows(FeatureType.Numeric, rows)).Ranges;
        Assert.That(ranges, Has.Count.EqualTo(8));
        Assert.That(
            ranges.Select(range => range.From),
            Is.EqualTo(new double[] { 1, 101, 201, 301, 401, 501, 601, 701 })
        );
        Assert.That(ranges.Select(range => (range.To - range.From, range.Positives)), Is.All.EqualTo((99, 25)));
    }

    [Test]
    public void Levels_are_counted_each_and_rare_or_unknown_ones_left_out()
    {
        var rates = Only(
            Table(
                FeatureType.Categorical,
                (0, 30, 2, 7),
                (1, 29, 1, 29),
                (2, 50, 1, 0),
                (float.NaN, 31, 1, 2),
                (9, 99, 1, 1)
            )
        );
        Assert.That(rates.Type, Is.EqualTo(FeatureType.Categorical));
        Assert.That(rates.Ranges, Is.EqualTo(new ValueRange[] { new(0, 0, 60, 30, 7), new(2, 2, 50, 50, 0) }));
        Assert.That(rates.Missing, Is.EqualTo(new ValueRange(double.NaN, double.NaN, 31, 31, 2)));
        Assert.That(Only(Table(FeatureType.Categorical, (0, 30, 1, 3), (-1, 80, 1, 9))).Missing, Is.Null);
    }

    [Test]
    public void Ranges_hold_what_a_slow_count_finds_whatever_the_number_of_threads()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var table = Random(new Random(seed));
            var rates = RateTable.Of(table, threads: 1);
            for (var f = 0; f < table.Features.Count; f++)
            {
                var last = double.NegativeInfinity;
                foreach (var range in rates[f].Ranges)
                {
                    Assert.That(
                        range,
                        Is.EqualTo(Slow(table, f, x => x >= range.From && x <= range.To, range.From, range.To))
                    );
                    Assert.That(range.From, Is.GreaterThan(last));
                    Assert.That(range.Contacts, Is.AtLeast(30));
                    last = range.To;
                }
                if (rates[f].Missing is { } missing)
                    Assert.That(missing, Is.EqualTo(Slow(table, f, float.IsNaN, double.NaN, double.NaN)));
            }
            foreach (var threads in new[] { 0, 2, 3 })
            {
                var again = RateTable.Of(table, threads);
                Assert.That(again.Select(r => r.Ranges), Is.EqualTo(rates.Select(r => r.Ranges)));
                Assert.That(again.Select(r => r.Missing), Is.EqualTo(rates.Select(r => r.Missing)));
            }
        }
    }

    static ValueRange Slow(FeatureTable table, int f, Func<float, bool> isIn, double from, double to)
    {
        var rows = Enumerable.Range(0, table.RowCount).Where(row => isIn(table.Columns[f][row])).ToArray();
        return new(
            from,
            to,
            rows.Length,
            rows.Select(row => table.Contacts[row]).Distinct(StringComparer.Ordinal).Count(),
            rows.Count(row => table.Labels[row] == 1)
        );
    }

    static FeatureTable Random(Random chance)
    {
        var rows = chance.Next(50, 3000);
        var contacts = chance.Next(10, rows);
        float[] counts = [.. Each(_ => chance.Next(3) == 0 ? 0 : chance.Next(1, 12))];
        float[] amounts =
        [
            .. Each(_ => chance.Next(5) == 0 ? float.NaN : MathF.Round(chance.NextSingle() * 40 - 10, 1)),
        ];
        float[] levels = [.. Each(_ => chance.Next(6) == 0 ? float.NaN : chance.Next(4))];
        return new FeatureTable(
            [
                Feature.Numeric("counts", ""),
                Feature.Numeric("amounts", ""),
                Feature.Categorical("levels", ["a", "b", "c"]),
            ],
            [.. Enumerable.Range(0, rows).Select(_ => $"c{chance.Next(contacts)}")],
            [.. Enumerable.Range(0, rows).Select(_ => Worlds.Start)],
            [counts, amounts, levels],
            [.. Each(_ => chance.Next(8) == 0 ? 1 : 0)]
        );

        IEnumerable<float> Each(Func<int, float> value) => Enumerable.Range(0, rows).Select(value);
    }
}
