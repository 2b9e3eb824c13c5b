using System.Text.RegularExpressions;

namespace LeadScoring.Ingestion.Sources;

/// <summary>One kind of export: which columns its files have, and the SQL that names and types them for the lake.</summary>
/// <param name="Name">The folder below <c>inbox/</c> and the name of the <c>.sql</c> file.</param>
/// <param name="File">Where the source stands, for error messages.</param>
/// <param name="Meaning">What the export is, in one line.</param>
/// <param name="Yields">The table that the rows of the body go to.</param>
/// <param name="Grain">What one row is.</param>
/// <param name="Columns">The raw columns; empty for a derived statement, which reads those of its source.</param>
/// <param name="Identity">Raw columns that together are the source's own id of a row; empty if it has none.</param>
/// <param name="Body">One <c>select … from raw</c>.</param>
/// <param name="BodyLine">Line of the file where the body starts.</param>
/// <param name="Derived">Further tables made from the same raw rows.</param>
public sealed partial record Source(
    string Name,
    string File,
    string Meaning,
    Yield Yields,
    string Grain,
    IReadOnlyList<SourceColumn> Columns,
    IReadOnlyList<string> Identity,
    IReadOnlyList<Lookup> Lookups,
    IReadOnlyList<RejectRule> RejectRules,
    string Body,
    int BodyLine,
    IReadOnlyList<Source> Derived
)
{
    /// <summary>The sheet of a workbook that holds the rows; null for the first one.</summary>
    public string? Sheet { get; init; }

    /// <summary>The lookups of the source and of what is derived from it: all its statements can read all of them.</summary>
    public IEnumerable<Lookup> AllLookups => Lookups.Concat(Derived.SelectMany(part => part.Lookups)).Distinct();

    /// <summary>Whether it comes with the program, rather than from the home's <c>sources/</c>.</summary>
    public bool IsBuiltIn => File.StartsWith(SourceCatalog.BuiltIn, StringComparison.Ordinal);

    /// <summary>False when no statement or condition of the source can read a raw column: its name is nowhere in them.</summary>
    public bool Reads(string column)
    {
        var texts = Derived.Select(part => part.Body).Concat(RejectRules.Select(rule => rule.Condition)).Append(Body);
        return texts.Any(text =>
            text.Contains(column, StringComparison.OrdinalIgnoreCase) || WholeRowPattern().IsMatch(text)
        );
    }

    /// <summary>What may read columns without naming them: a star, <c>columns(…)</c>, or raw as a value.</summary>
    [GeneratedRegex(
        @"\*|\bcolumns\s*\(|(?<!\b(from|join)\s+)\braw\b(?!\s*\.)|\bnatural\b|\b(un)?pivot\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex WholeRowPattern();
}

/// <summary>What the rows of a source become.</summary>
public enum Yield
{
    Traces,
    Contacts,
    Consents,
    Outcomes,
    Links,
    Merges,
}

/// <summary>A raw column as its source declares it.</summary>
/// <param name="Name">As in the file's header; compared without regard to case.</param>
/// <param name="Format">For dates and timestamps: the strptime pattern, or null for ISO 8601.</param>
/// <param name="Zone">For timestamps: the zone of a text without offset; null means UTC.</param>
/// <param name="Epoch">For timestamps: ticks of a whole number per second (1, 1,000 or 1,000,000); 0 when it is text.</param>
/// <param name="DecimalComma">For numbers: <c>12,5</c> instead of <c>12.5</c>.</param>
public sealed record SourceColumn(
    string Name,
    ColumnKind Kind,
    Presence Presence,
    string? Format = null,
    string? Zone = null,
    int Epoch = 0,
    bool DecimalComma = false
);

/// <summary>The types of raw columns.</summary>
public enum ColumnKind
{
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    Timestamp,
}

/// <summary>Whether a column must be in the file, and a value in the column.</summary>
public enum Presence
{
    /// <summary>The column may be missing from the file.</summary>
    Optional,

    /// <summary>The column must be there; a value may be empty.</summary>
    Present,

    /// <summary>The column must be there and every row must have a value.</summary>
    Required,
}

/// <summary>A file beside the <c>.sql</c> that the body can read as a table, all text.</summary>
public sealed record Lookup(string Table, string File);

/// <summary>Rows for which the condition holds are rejected with this reason.</summary>
/// <param name="Condition">SQL over the raw columns.</param>
/// <param name="Line">Line of the source's file, for error messages.</param>
public sealed record RejectRule(string Reason, string Condition, int Line);
