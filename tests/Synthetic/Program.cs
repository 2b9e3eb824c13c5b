using System.Diagnostics;
using System.Globalization;
using LeadScoring.Synthetic;

const string Usage =
    "usage: dotnet run --project tests/Synthetic -- --contacts N --months M --seed S --out DIR [--end yyyy-mm-dd]";

var given = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i + 1 < args.Length; i += 2)
    given[args[i]] = args[i + 1];
string[] known = ["--contacts", "--months", "--seed", "--out", "--end"];
if (
    args.Length % 2 != 0
    || given.Keys.Except(known, StringComparer.Ordinal).Any()
    || !given.TryGetValue("--out", out var folder)
)
    return Unusable("expected pairs of option and value, --out among them");
if (
    !int.TryParse(given.GetValueOrDefault("--contacts", "2000"), CultureInfo.InvariantCulture, out var contacts)
    || !int.TryParse(given.GetValueOrDefault("--months", "36"), CultureInfo.InvariantCulture, out var months)
    || !ulong.TryParse(given.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture, out var seed)
)
    return Unusable("--contacts, --months and --seed are whole numbers");
var end = SyntheticOptions.DefaultEnd;
if (
    given.TryGetValue("--end", out var text)
    && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out end)
)
    return Unusable($"--end is '{text}', expected yyyy-mm-dd");

var options = new SyntheticOptions(contacts, months, seed, end);
if (options.Errors() is { Count: > 0 } errors)
    return Unusable(string.Join("\n", errors));
var watch = Stopwatch.StartNew();
Console.Write(SyntheticWorld.Write(options, folder).Text());
Console.Error.WriteLine(
    string.Create(CultureInfo.InvariantCulture, $"written to {folder} in {watch.Elapsed.TotalSeconds:0.0} s")
);
return 0;

int Unusable(string why)
{
    Console.Error.WriteLine(why);
    Console.Error.WriteLine(Usage);
    return 2;
}
