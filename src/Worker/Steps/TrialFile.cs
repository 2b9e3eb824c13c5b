using System.Globalization;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Steps;

/// <summary>A trial as it was read.</summary>
/// <param name="SaysWhoMoved">Whether the file has a column <c>moved_on</c>; without it the lake's outcomes say so.</param>
sealed record Trial(IReadOnlyList<TrialContact> Contacts, bool SaysWhoMoved);

/// <summary>
/// Reads who was held out from a CSV: <c>contact, municipality, stage, group, entered_on</c>, and where there are such
/// columns <c>moved_on</c> and <c>score</c>.
/// </summary>
static class TrialFile
{
    static readonly string[] Needed = ["contact", "municipality", "stage", "group", "entered_on"];
    const int MostFaults = 20;

    /// <exception cref="WorkerException">No such file, no table, columns missing; all faulty rows up to twenty are named.</exception>
    internal static Trial Read(string path, CancellationToken cancellation)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw WorkerException.Of(name, "there is no such file", "a CSV of the trial", "give its path");
        using var database = Database.Open();
        using var connection = database.Connect();
        try
        {
            using var result = connection.Query(
                "trial.sql",
                WorkerSql.Of("Steps.trial"),
                cancellation,
                ("file", Path.GetFullPath(path))
            );
            return Rows(result, name);
        }
        catch (DuckDbException error)
        {
            // The engine's own words would quote the line.
            throw new WorkerException(
                WorkerException.Told(name, "it cannot be read", "a CSV with a header", "look at its first lines"),
                error
            );
        }
    }

    static Trial Rows(QueryResult result, string name)
    {
        var places = result
            .Columns.Index()
            .ToDictionary(c => c.Item.Name.ToLowerInvariant(), c => c.Index, StringComparer.Ordinal);
        var missing = Needed.Where(column => !places.ContainsKey(column)).ToList();
        if (missing.Count > 0)
            throw WorkerException.Of(
                name,
                $"there is no column {string.Join(", ", missing)}",
                string.Join(", ", Needed) + " (and moved_on, score)",
                "name them so"
            );
        List<TrialContact> contacts = [];
        List<string> faults = [];
        var number = 0;
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                var cells = new Cells(chunk, row, places);
                number++;
                if (cells.Contact() is { } contact && cells.Faults.Count == 0)
                    contacts.Add(contact);
                faults.AddRange(cells.Faults.Select(fault => Words.Text($"row {number}: {fault}")));
            }
        }
        if (faults.Count > 0)
            throw new WorkerException(Told(name, faults));
        return new(contacts, places.ContainsKey("moved_on"));
    }

    static string Told(string name, List<string> faults)
    {
        var more = faults.Count > MostFaults ? Words.Text($"\nand {faults.Count - MostFaults} more") : "";
        return $"{name}: {faults.Count} faults, nothing was measured; mend the rows:\n"
            + string.Join('\n', faults.Take(MostFaults))
            + more;
    }

    /// <summary>The cells of one row, and what is wrong with them.</summary>
    sealed class Cells(Chunk chunk, int row, IReadOnlyDictionary<string, int> places)
    {
        internal List<string> Faults { get; } = [];

        internal TrialContact? Contact()
        {
            var id = Text("contact");
            if (id is null)
                Faults.Add("contact is empty, expected its id");
            var municipality = Read(
                "municipality",
                "a code such as 2584",
                text =>
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                        ? Municipality.Find(code)?.Code
                        : null
            );
            var stage = Read(
                "stage",
                string.Join(", ", Enum.GetNames<Stage>()),
                text => Enum.GetValues<Stage>().Cast<Stage?>().FirstOrDefault(s => Is(text, s.ToString()!))
            );
            var isHeldOut = Read<bool>(
                "group",
                "held_out or contacted",
                text =>
                    Is(text, "held_out") ? true
                    : Is(text, "contacted") ? false
                    : null
            );
            var enteredOn = Read("entered_on", "a day, yyyy-mm-dd", Day);
            var movedOn = Optional("moved_on", "a day, yyyy-mm-dd, or nothing", Day);
            var score = Optional("score", "a number, or nothing", Number);
            return id is null || municipality is null || stage is null || isHeldOut is null || enteredOn is null
                ? null
                : new(new(id), municipality.Value, stage.Value, isHeldOut.Value, enteredOn.Value, movedOn, score);
        }

        T? Optional<T>(string column, string expected, Func<string, T?> parse)
            where T : struct =>
            places.ContainsKey(column) && Text(column) is not null ? Read(column, expected, parse) : null;

        T? Read<T>(string column, string expected, Func<string, T?> parse)
            where T : struct
        {
            var text = Text(column);
            var value = text is null ? null : parse(text);
            if (value is null)
                Faults.Add($"{column} is {(text is null ? "empty" : "something else")}, expected {expected}");
            return value;
        }

        string? Text(string column) => chunk.Text(places[column], row)?.Trim() is { Length: > 0 } text ? text : null;

        static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

        static DateOnly? Day(string text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : null;

        static double? Number(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? number
                : null;
    }
}
