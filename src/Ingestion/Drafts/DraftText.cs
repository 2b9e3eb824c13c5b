using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Drafts;

/// <summary>Writes the text of a drafted source: header, what was left open, and a body that runs.</summary>
static class DraftText
{
    /// <param name="looked">Rows that were looked at, when the file has more.</param>
    /// <param name="leftOut">Columns of the file that cannot be declared.</param>
    public static SourceDraft Of(string name, IReadOnlyList<ColumnGuess> guesses, long? looked, int leftOut)
    {
        var roles = ColumnRoles.Of(guesses);
        var persons = new[] { roles.Contact, roles.Email, roles.Phone, roles.Visitor }.OfType<ColumnGuess>().ToArray();
        var columns = guesses.Select(guess => Declared(guess, roles, persons)).ToArray();
        var notes = Notes(guesses, roles, looked);
        if (leftOut > 0)
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{leftOut} columns are left out: a name that is empty, there twice or has a quote cannot be declared"
                )
            );
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"-- source: {name}\n");
        text.Append("-- meaning: drafted from a file; say here what the export is\n");
        text.Append("-- yields: traces\n-- grain: one row of the export\n");
        foreach (var note in notes)
            text.Append(CultureInfo.InvariantCulture, $"-- note: {note}\n");
        text.Append("-- columns:\n");
        var width = columns.Max(column => Header(column.Name).Length);
        foreach (var column in columns)
            text.Append(
                CultureInfo.InvariantCulture,
                $"--   {Header(column.Name).PadRight(width)}  {Options(column)}\n"
            );
        var identity = roles.Identity is { } id && !id.Name.Contains(',', StringComparison.Ordinal) ? id.Name : null;
        if (identity is not null)
            text.Append(CultureInfo.InvariantCulture, $"-- identity: {identity}\n");
        text.Append("select\n  ").AppendJoin(",\n  ", Body(name, roles)).Append("\nfrom raw\n");
        return new(
            name,
            "",
            text.ToString(),
            columns,
            roles.Time?.Name,
            [.. persons.Select(person => person.Name)],
            identity,
            notes
        );
    }

    /// <summary>Who and when must be in every row if they were in every row so far; who is a text even if it looks like a number.</summary>
    static SourceColumn Declared(ColumnGuess guess, ColumnRoles roles, ColumnGuess[] persons)
    {
        var isText =
            persons.Contains(guess) || guess == roles.Identity || guess == roles.Kind || guess == roles.Municipality;
        var column = isText ? new SourceColumn(guess.Name, ColumnKind.Text, Presence.Present) : guess.Column;
        var isMust =
            guess.IsFilled
            && (guess == roles.Time || guess == roles.Identity || (persons.Length == 1 && guess == persons[0]));
        return isMust ? column with { Presence = Presence.Required } : column;
    }

    static List<string> Notes(IReadOnlyList<ColumnGuess> guesses, ColumnRoles roles, long? looked)
    {
        var notes = new List<string>();
        foreach (var guess in guesses.Where(guess => guess.Ambiguity is not null))
        {
            var readings = guess.Readings.Select(Options).ToArray();
            notes.Add(
                $"{guess.Name} is ambiguous: {guess.Ambiguity}; it is text until you declare it as "
                    + (readings.Length > 0 ? string.Join(" or as ", readings) : "number, or as number decimal ','")
            );
        }
        if (roles.Time is { LacksOffset: true })
            notes.Add(
                $"{roles.Time.Name} has no offset and is read as UTC; if it is local time add zone {TimeCandidates.Zone} behind its type"
            );
        if (roles.Time is null)
            notes.Add("no column was found that says when; put it before 'as at', until then every row is rejected");
        if (!roles.HasPerson)
            notes.Add(
                "no column was found that says who; put it before 'as contact' (or email, phone, visitor), until then every row is rejected"
            );
        if (roles.Identity is null)
            notes.Add(
                "no column was found that names a row, so rows are kept however often they come; add identity: if there is one"
            );
        if (looked is { } rows)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"guessed from the first {rows} rows"));
        return notes;
    }

    static IEnumerable<string> Body(string name, ColumnRoles roles)
    {
        if (roles.Identity is not null)
            yield return $"{Sql.Name(roles.Identity.Name)} as trace_id";
        foreach (
            var (role, guess) in new[]
            {
                ("contact", roles.Contact),
                ("email", roles.Email),
                ("phone", roles.Phone),
                ("visitor", roles.Visitor),
            }
        )
        {
            if (guess is not null)
                yield return $"{Sql.Name(guess.Name)} as {role}";
        }
        if (!roles.HasPerson)
            yield return "null::varchar as contact";
        yield return roles.Time is null ? "null::timestamp as at" : $"{Sql.Name(roles.Time.Name)} as at";
        yield return roles.Kind is null ? $"'{name}' as kind" : $"{Sql.Name(roles.Kind.Name)} as kind";
        yield return "'' as channel";
        yield return "'' as theme";
        if (roles.Municipality is not null)
            yield return $"municipality_code({Sql.Name(roles.Municipality.Name)}) as municipality";
    }

    static string Header(string name) => name.Any(char.IsWhiteSpace) || name[0] == '\'' ? $"\"{name}\"" : name;

    static string Options(SourceColumn column)
    {
        var options = new List<string> { column.Kind.ToString().ToLowerInvariant() };
        if (column.Presence == Presence.Required)
            options.Add("required");
        if (column.Epoch > 0)
            options.Add(
                column.Epoch == 1 ? "epoch_s"
                : column.Epoch == 1_000 ? "epoch_ms"
                : "epoch_us"
            );
        if (column.Format is not null)
            options.Add($"format '{column.Format}'");
        if (column.Zone is not null)
            options.Add($"zone {column.Zone}");
        if (column.DecimalComma)
            options.Add("decimal ','");
        return string.Join(' ', options);
    }
}
