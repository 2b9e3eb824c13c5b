using System.CommandLine;
using System.Globalization;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads export</c>: the week's lists as files.</summary>
static class ExportCommand
{
    static readonly Option<string?> Municipalities = new("--municipality")
    {
        Description = "Only this one, by code or name (default: all 14)",
        HelpName = "M",
    };

    static readonly Option<ExportFormat> Format = new("--format")
    {
        Description = "csv, xlsx or parquet",
        DefaultValueFactory = _ => ExportFormat.Csv,
    };

    static readonly Option<string?> Out = new("--out")
    {
        Description = "The folder to write to (default: exports/ in the home)",
        HelpName = "DIR",
    };

    internal static Command Build() =>
        Invocation.Command(
            "export",
            "Write each municipality's ranked, explained list of the week",
            invocation =>
            {
                var night = Night.Open(invocation);
                if (invocation.Asked.GetValue(RunCommands.AsOfOption) is null)
                    night = night.AsOfLatestScores();
                int? only = invocation.Asked.GetValue(Municipalities) is { } asked
                    ? Code(asked, Municipalities.Name)
                    : null;
                using var store = LeadStore.Open(night.Home.Path);
                var facts = night.Facts();
                var lists = invocation.Screen.Step(
                    "export",
                    _ =>
                        WriteLists.Run(
                            night,
                            store,
                            facts,
                            WriteLists.Listed(night, store),
                            invocation.Asked.GetValue(Out) ?? night.Home.Exports,
                            invocation.Asked.GetValue(Format),
                            only,
                            Languages.Asked(invocation)
                        ),
                    Words.Of
                );
                invocation.Answer(
                    new
                    {
                        Home = night.Home.Path,
                        AsOf = night.AsOf.Day,
                        Lists = lists,
                    },
                    output => Tell(lists, output)
                );
                return ExitCode.Done;
            },
            Municipalities,
            Format,
            Out,
            Languages.Option,
            RunCommands.AsOfOption
        );

    /// <summary>The code of the municipality that is named.</summary>
    /// <param name="of">The option or argument, for the error.</param>
    internal static int Code(string asked, string of)
    {
        var found = Municipality.All.FirstOrDefault(municipality =>
            string.Equals(municipality.Name, asked, StringComparison.OrdinalIgnoreCase)
            || string.Equals(municipality.Code.ToString(CultureInfo.InvariantCulture), asked, StringComparison.Ordinal)
        );
        return found?.Code
            ?? throw new WorkerException(
                $"{of} {asked}: expected a code or name of the 14: "
                    + $"{string.Join(", ", Municipality.All.Select(municipality => $"{municipality.Code} {municipality.Name}"))}."
            );
    }

    static void Tell(IReadOnlyList<ListFigures> lists, TextWriter output)
    {
        foreach (var list in lists)
            output.WriteLine(Words.Text($"  {list.Municipality, -12} {list.Leads, 3} leads  {list.Path}"));
    }
}
