using LeadScoring.Ingestion.Sources;
using LeadScoring.Ingestion.Trials;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary>What <c>leads sources try</c> says: the guess, the mapping, the sums, the first rows.</summary>
static class TrialText
{
    internal static object Answer(SourceTrial trial) =>
        new
        {
            trial.File,
            Source = trial.Match.Source.Name,
            trial.Sureness,
            Closeness = Math.Round(trial.Match.Closeness, 3),
            trial.Rivals,
            trial.Format,
            trial.Match.Columns,
            trial.Match.Extra,
            trial.Refusal,
            trial.IsKnown,
            trial.Read,
            trial.Accepted,
            trial.Rejected,
            trial.Duplicate,
            trial.Reasons,
            trial.Warnings,
            trial.Tables,
        };

    internal static void Tell(SourceTrial trial, TextWriter output)
    {
        var match = trial.Match;
        output.WriteLine($"{trial.File}: {Guess(trial)}");
        if (trial.Format.Length > 0)
            output.WriteLine($"read as   {trial.Format}");
        foreach (var rival in trial.Sureness == Sureness.Sure ? [] : trial.Rivals)
            output.WriteLine(
                Words.Text(
                    $"or        {rival.Source} ({rival.Closeness:P0} alike{(rival.Missing.Count == 0 ? "" : $"; without {string.Join(", ", rival.Missing)}")})"
                )
            );
        output.WriteLine("columns");
        foreach (var column in match.Columns.Where(IsTold))
            output.WriteLine($"  {column.Name, -24} {Where(column)}");
        var absent = match.Columns.Where(column => !IsTold(column)).Select(column => column.Name).ToArray();
        if (absent.Length > 0)
            output.WriteLine($"  optional and not there: {string.Join(", ", absent)}");
        if (match.Extra.Count > 0)
            output.WriteLine($"  in the file and ignored: {string.Join(", ", match.Extra)}");
        Results(trial, output);
    }

    static string Guess(SourceTrial trial)
    {
        var name = trial.Match.Source.Name;
        var found = trial.Match.Columns.Count(column => column.InFile is not null);
        var share = Words.Text(
            $"{found} of its {trial.Match.Columns.Count} columns, {trial.Match.Extra.Count} others in the file"
        );
        return trial.Sureness switch
        {
            Sureness.Given => $"read as {name}, as was said ({share})",
            Sureness.Sure => $"surely {name} ({share})",
            Sureness.Likely => $"probably {name}, say --source if it is another ({share})",
            Sureness.Unfit => $"nothing fits; {name} is nearest ({share})",
        };
    }

    static bool IsTold(MappedColumn column) =>
        column.InFile is not null
        || column.IsMissing
        || column.DidYouMean is not null
        || column.Presence != Presence.Optional;

    static string Where(MappedColumn column)
    {
        var called = string.Equals(column.InFile, column.Name, StringComparison.Ordinal)
            ? ""
            : $", called {column.InFile}";
        var must = column.Presence == Presence.Required ? ", in every row" : "";
        return column.InFile is not null
            ? $"{column.As}{must}{called}"
            : $"{(column.IsMissing ? "MISSING" : "not there")}{(column.DidYouMean is { } near ? $"; did you mean '{near}'?" : "")}";
    }

    static void Results(SourceTrial trial, TextWriter output)
    {
        if (trial.Refusal is not null)
        {
            output.WriteLine($"An ingest would refuse the file: {trial.Refusal}");
            output.WriteLine($"For an export that no source reads: leads sources new NAME {trial.File}");
            return;
        }
        output.WriteLine(
            Words.Text(
                $"rows      {trial.Read:N0} read = {trial.Accepted:N0} accepted + {trial.Rejected:N0} rejected + {trial.Duplicate:N0} duplicate"
            )
        );
        foreach (var reason in trial.Reasons)
            output.WriteLine(
                Words.Text($"  {reason.Rows:N0} rejected, first on line {reason.FirstLine}: {reason.Reason}")
            );
        foreach (var table in trial.Tables)
            Rows(table, output);
        foreach (var warning in trial.Warnings)
            output.WriteLine($"Look at: {warning}");
        output.WriteLine(
            trial.IsKnown
                ? "The lake has this very file already; nothing was changed."
                : $"Nothing was changed. To bring it in, put the file into inbox/{trial.Match.Source.Name}/."
        );
    }

    static void Rows(TableRows table, TextWriter output)
    {
        output.WriteLine(
            Words.Text($"{table.Table, -9} {table.Count:N0} rows, the first {table.First.Count:N0}; people as hashes")
        );
        foreach (var row in table.First)
        {
            var given = table.Columns.Zip(row).Where(cell => cell.Second is { Length: > 0 });
            output.WriteLine($"  {string.Join(", ", given.Select(cell => Cell(cell.First, cell.Second!)))}");
        }
    }

    static string Cell(string column, string text) => column is "person" or "subject" ? text : $"{column} {text}";
}
