using System.Globalization;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Truth;

/// <summary>
/// <c>truth.parquet</c>: contact, as_of (UTC), likelihood, preferred_municipality, state, glow, upheaval; one row a contact and
/// monthly snapshot, from the first after its arrival to the last before its move.
/// </summary>
sealed class TruthFile : IDisposable
{
    public const string FileName = "truth.parquet";

    const string Types =
        "{contact: 'VARCHAR', as_of: 'TIMESTAMP', likelihood: 'FLOAT', preferred_municipality: 'USMALLINT', state: 'VARCHAR',"
        + " glow: 'BOOLEAN', upheaval: 'BOOLEAN'}";

    static readonly string[] Columns =
    [
        "contact",
        "as_of",
        "likelihood",
        "preferred_municipality",
        "state",
        "glow",
        "upheaval",
    ];

    readonly string path;
    readonly ExportFile csv;

    public TruthFile(string folder)
    {
        path = Path.Combine(folder, FileName);
        csv = new(path + ".csv", Dialect.Plain, Columns);
    }

    public long Rows => csv.Rows;

    /// <param name="likelihood">Kept to six decimals.</param>
    public void Write(Life life, Snapshot snapshot, IntentState state, double likelihood) =>
        csv.Row([
            life.Contact.Id,
            snapshot.AsOf.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            likelihood.ToString("0.000000", CultureInfo.InvariantCulture),
            life.Household.Preferred.ToString(CultureInfo.InvariantCulture),
            state.Intention.ToString().ToLowerInvariant(),
            state.Glow ? "true" : "false",
            state.Upheaval ? "true" : "false",
        ]);

    public void Finish(Connection connection)
    {
        csv.Dispose();
        ParquetFile.FromCsv(connection, csv.Path, path, Types);
        File.Delete(csv.Path);
    }

    public void Dispose() => csv.Dispose();
}
