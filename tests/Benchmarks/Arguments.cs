using System.Globalization;

namespace LeadScoring.Benchmarks;

/// <summary>Options of the form <c>--name value</c>.</summary>
sealed class Arguments(string[] arguments)
{
    public bool Has(string name) => arguments.Contains(name, StringComparer.Ordinal);

    public int Number(string name, int otherwise)
    {
        var at = Array.IndexOf(arguments, name);
        return at < 0 ? otherwise : int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
    }

    public string? Text(string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at < 0 ? null : arguments[at + 1];
    }

    public DateOnly Day(string name, DateOnly otherwise) =>
        Text(name) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : otherwise;
}
