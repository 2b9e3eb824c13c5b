using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Sources;

/// <summary>The columns that the statement of a source may give, by what it yields.</summary>
static class SourceOutput
{
    const string RowColumn = "_row";

    static readonly Dictionary<Yield, (string[][] Required, string[] Optional)> _columns = new()
    {
        [Yield.Traces] = (
            [
                ["at"],
                ["kind"],
                ["contact", "visitor", "email", "phone"],
            ],
            ["trace_id", "channel", "theme", "municipality", "value", "automated", "known_at"]
        ),
        [Yield.Contacts] = (
            [
                ["contact"],
                ["at"],
            ],
            ["email", "phone", "linked_at", "country", "language", "household", "household_size", "birth_year"]
        ),
        [Yield.Consents] = (
            [
                ["contact", "email"],
                ["at"],
                ["purpose"],
                ["granted"],
            ],
            ["provenance"]
        ),
        [Yield.Outcomes] = (
            [
                ["contact", "email"],
                ["at"],
                ["kind"],
            ],
            ["municipality", "known_at"]
        ),
        [Yield.Links] = (
            [
                ["visitor", "email", "phone"],
                ["contact"],
                ["at"],
            ],
            []
        ),
    };

    /// <summary>
    /// The view <c>given</c> over the raw rows: the statement's columns with the row they come from, and NULL for those
    /// that it leaves out.
    /// </summary>
    /// <remarks>Needs the table <c>raw</c> and the lookups of the source.</remarks>
    public static string GivenView(Connection connection, Source source, List<SourceError> errors)
    {
        var body = string.Concat("select ", RowColumn, ", ", source.Body.AsSpan("select ".Length));
        IReadOnlyList<string> found;
        try
        {
            using var empty = connection.Query(source.File, $"select * from (\n{body}\n) limit 0");
            found = [.. empty.Columns.Select(column => column.Name).Where(name => name is not RowColumn)];
        }
        catch (DuckDbException error)
        {
            errors.Add(
                new(
                    source.File,
                    source.BodyLine,
                    $"a statement that the engine refuses: {error.Message}",
                    "one select … from raw"
                )
            );
            return "";
        }
        var (required, optional) = _columns[source.Yields];
        var known = required.SelectMany(one => one).Concat(optional).ToArray();
        foreach (var name in found.Except(known, StringComparer.Ordinal))
            errors.Add(
                new(
                    source.File,
                    source.BodyLine,
                    $"output column '{name}'",
                    $"those of {source.Yields.ToString().ToLowerInvariant()}: {string.Join(", ", known)}{Suggestion.For(name, known)}"
                )
            );
        foreach (var one in required.Where(one => !one.Intersect(found, StringComparer.Ordinal).Any()))
            errors.Add(
                new(
                    source.File,
                    source.BodyLine,
                    $"no output column {string.Join(" or ", one)}",
                    "it, as every row of the table has it"
                )
            );
        var missing = known.Except(found, StringComparer.Ordinal).Select(name => $",\n  null::varchar as {name}");
        return $"create or replace view given as\nselect\n  body.*{string.Concat(missing)}\nfrom (\n{body}\n) as body";
    }

    /// <summary>The SQL that works on <c>given</c>.</summary>
    public static OutputStatements Statements(Yield yield)
    {
        var parts = EmbeddedSql.Read($"Sources.Yields.{yield}.sql").Split("-- statement: keep\n");
        var type = parts[0].Split("-- statement: type\n");
        return new(type.Length == 1 ? "" : type[0], type[^1], parts[1]);
    }
}

/// <summary>The SQL that takes the output of a source into the staging tables.</summary>
/// <param name="Spell">Notes spellings that are new; empty where a yield has none.</param>
/// <param name="Type">Makes <c>typed</c>, with a reason for rows that do not fit.</param>
/// <param name="Keep">Takes over the good rows.</param>
sealed record OutputStatements(string Spell, string Type, string Keep);
