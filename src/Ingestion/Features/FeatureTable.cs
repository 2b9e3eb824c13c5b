namespace LeadScoring.Ingestion.Features;

/// <summary>Features of contacts, each row as of one instant: what training learns from and what a night scores.</summary>
/// <remarks>
/// Column-major: <c>Columns[f][row]</c>, float32, NaN where there is no trace. A categorical column holds level codes.
/// <see cref="Labels"/> is 1 (relocated within the horizon), 0 (did not) or NaN (horizon still open), and empty when
/// the table is only to be scored. Rows are sorted by (<see cref="AsOf"/>, <see cref="Contacts"/>).
/// </remarks>
public sealed class FeatureTable
{
    string[]? _contacts;

    /// <param name="contacts">The contact of each row; null names rows by their number, once somebody asks.</param>
    public FeatureTable(
        IReadOnlyList<Feature> features,
        string[]? contacts,
        DateTime[] asOf,
        float[][] columns,
        float[]? labels = null,
        float[]? weights = null
    )
    {
        Features = features;
        _contacts = contacts;
        AsOf = asOf;
        Columns = columns;
        Labels = labels ?? [];
        Weights = weights ?? [];
        Check();
    }

    public IReadOnlyList<Feature> Features { get; }

    /// <summary>The contact of each row; one contact may have rows at several instants.</summary>
    public string[] Contacts => _contacts ??= RowNumbers.Of(RowCount);

    /// <summary>The instant (UTC) of each row: only traces strictly before it are in the features.</summary>
    public DateTime[] AsOf { get; }

    public float[][] Columns { get; }

    public float[] Labels { get; }

    /// <summary>Weight of each row in training; empty means 1 each.</summary>
    public float[] Weights { get; }

    /// <summary>The share of the contacts that the rows are of, by their ids; 1 is all.</summary>
    public double ContactShare { get; init; } = 1;

    public int RowCount => AsOf.Length;

    /// <summary>The rows at these indexes, in this order, as a table of their own.</summary>
    public FeatureTable Take(ReadOnlySpan<int> rows)
    {
        var picked = rows.ToArray();
        return new FeatureTable(
            Features,
            Pick(Contacts, picked),
            Pick(AsOf, picked),
            [.. Columns.Select(column => Pick(column, picked))],
            Labels.Length == 0 ? null : Pick(Labels, picked),
            Weights.Length == 0 ? null : Pick(Weights, picked)
        );
    }

    /// <summary>A copy of the first rows.</summary>
    internal FeatureTable Head(int rows) =>
        new(
            Features,
            Contacts[..rows],
            AsOf[..rows],
            Array.ConvertAll(Columns, column => column[..rows]),
            Labels.Length == 0 ? null : Labels[..rows],
            Weights.Length == 0 ? null : Weights[..rows]
        );

    static T[] Pick<T>(T[] from, int[] rows) => Array.ConvertAll(rows, row => from[row]);

    void Check()
    {
        if ((_contacts is not null && _contacts.Length != RowCount) || Columns.Length != Features.Count)
            throw new InvalidOperationException("A feature table needs one as-of a row and one column a feature.");
        if (Columns.Any(column => column.Length != RowCount))
            throw new InvalidOperationException("Every column of a feature table has one value a row.");
        if ((Labels.Length != 0 && Labels.Length != RowCount) || (Weights.Length != 0 && Weights.Length != RowCount))
            throw new InvalidOperationException("Labels and weights are empty or one a row.");
    }
}
