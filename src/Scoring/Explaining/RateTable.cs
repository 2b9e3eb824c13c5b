using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Counts, feature by feature, how often training rows with like values were positive.</summary>
/// <remarks>
/// One pass a feature over its column, features side by side; the counts do not depend on the number of threads. Rates
/// stand beside reasons as what was seen, not as what the model says: they look at one feature at a time.
/// </remarks>
public static class RateTable
{
    /// <summary>Contacts below which nothing is said of a value.</summary>
    public const int FewestContacts = 30;

    /// <summary>Positive contacts, seen or to be expected at the base rate, that a range of numbers needs to stand alone.</summary>
    public const int FewestPositives = 3;

    /// <param name="table">Labelled rows, 0 or 1 each.</param>
    /// <param name="threads">Threads to use; 0 is all.</param>
    /// <returns>One a feature, in the table's order.</returns>
    public static IReadOnlyList<FeatureRates> Of(
        FeatureTable table,
        int threads = 0,
        CancellationToken cancellation = default
    )
    {
        var contacts = ContactNumbers(table.Contacts, out var distinct);
        var positives = table.Labels.Count(label => label == 1);
        var counted = new CountedRows(
            contacts,
            distinct,
            table.Labels,
            (double)positives / Math.Max(1, table.RowCount)
        );
        var byContact = new Lazy<int[]>(() => RowsByContact(contacts, distinct));
        var rates = new FeatureRates[table.Features.Count];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : -1,
            CancellationToken = cancellation,
        };
        Parallel.For(
            0,
            rates.Length,
            options,
            () => new uint[distinct],
            (f, _, seen) =>
            {
                var (feature, column) = (table.Features[f], table.Columns[f]);
                rates[f] =
                    feature.Type == FeatureType.Categorical
                        ? LevelRates.Of(feature, column, counted, byContact.Value)
                        : NumberRates.Of(feature, column, counted, seen);
                return seen;
            },
            _ => { }
        );
        return rates;
    }

    /// <summary>A number from 0 for every contact, the same wherever the contact stands.</summary>
    static int[] ContactNumbers(string[] contacts, out int distinct)
    {
        var numbers = new Dictionary<string, int>(contacts.Length, StringComparer.Ordinal);
        var rows = new int[contacts.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            if (!numbers.TryGetValue(contacts[row], out rows[row]))
                numbers.Add(contacts[row], rows[row] = numbers.Count);
        }
        distinct = numbers.Count;
        return rows;
    }

    /// <summary>All rows, those of one contact one after another.</summary>
    static int[] RowsByContact(int[] contacts, int distinct)
    {
        var next = new int[distinct + 1];
        foreach (var contact in contacts)
            next[contact + 1]++;
        for (var contact = 0; contact < distinct; contact++)
            next[contact + 1] += next[contact];
        var rows = new int[contacts.Length];
        for (var row = 0; row < rows.Length; row++)
            rows[next[contacts[row]]++] = row;
        return rows;
    }
}

/// <summary>What all features are counted over.</summary>
/// <param name="Contacts">The number of each row's contact, 0 to <paramref name="Distinct"/> - 1.</param>
/// <param name="BaseRate">Share of all rows that are positive.</param>
sealed record CountedRows(int[] Contacts, int Distinct, float[] Labels, double BaseRate);
