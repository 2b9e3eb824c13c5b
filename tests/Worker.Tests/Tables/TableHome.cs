using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Tests.Tables;

/// <summary>A home with a model that was learnt from a small table; what works in passing has a folder of its own too.</summary>
sealed class TableHome : IDisposable
{
    readonly TemporaryHome _home = new();
    readonly string? _temporaryWas = Environment.GetEnvironmentVariable("TMPDIR");

    public TableHome()
    {
        Temporary = _home.File("tmp");
        Directory.CreateDirectory(Temporary);
        Environment.SetEnvironmentVariable("TMPDIR", Temporary);
        With("deals.csv", Deals(500));
        var (code, output, error) = Leads("train", File("deals.csv"), "--label", "won", "--drop", "deal");
        Assert.That(code, Is.Zero, error);
        Model = new ModelRegistry(File("models")).Load(
            JsonDocument.Parse(output).RootElement.GetProperty("model").GetProperty("id").GetString()!
        );
    }

    public string Path => _home.Path;

    /// <summary>Where the program puts what it needs for a while.</summary>
    public string Temporary { get; }

    /// <summary>Learnt from visits and country.</summary>
    public StoredModel Model { get; }

    public string File(string name) => _home.File(name);

    public string With(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Runs <c>leads table …</c> on this home.</summary>
    public (int Code, string Output, string Error) Leads(params string[] arguments)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture),
            error = new(CultureInfo.InvariantCulture);
        string[] all = ["table", .. arguments, "--home", Path, "--json"];
        var code = LeadsCommand.RunAsync(all, output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Every file and folder of the home, to see whether anything came or went.</summary>
    public string[] Everything =>
        [.. Directory.GetFileSystemEntries(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Deals that are won the likelier the more visits there were, and in Sweden.</summary>
    public static string Deals(int rows)
    {
        var chance = new Random(7);
        var text = new StringBuilder("deal,visits,country,won\n");
        for (var row = 0; row < rows; row++)
        {
            var (visits, country) = (chance.Next(0, 20), chance.Next(3));
            var won = chance.NextDouble() < 1 / (1 + Math.Exp(3 - (0.25 * visits) - (country == 0 ? 1 : 0)));
            text.Append($"d{row:0000},{visits},{((string[])["SE", "DE", "NL"])[country]},{(won ? "yes" : "no")}\n");
        }
        return text.ToString();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TMPDIR", _temporaryWas);
        _home.Dispose();
    }
}
