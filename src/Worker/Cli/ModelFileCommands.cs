using System.CommandLine;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads models import|export</c>: models from and for other programs.</summary>
static class ModelFileCommands
{
    static readonly Argument<string> File = new("FILE") { Description = "A model LightGBM saved as text" };

    static readonly Argument<string> Model = new("MODEL") { Description = "A model's id, see leads models" };

    static readonly Option<string?> Name = new("--name")
    {
        Description = "The id to give it (default: one made of the file's content)",
        HelpName = "ID",
    };

    static readonly Option<double?> BaseRate = new("--base-rate")
    {
        Description = "Share of positives it learnt from, 0 to 1; the file does not hold it, the funnel needs it",
        HelpName = "SHARE",
    };

    static readonly Option<ModelFormat> Format = new("--format")
    {
        Description = "lightgbm (the trees) or json (trees, features, calibrator, label)",
        Required = true,
    };

    static readonly Option<string?> Out = new("--out")
    {
        Description = "The file to write (default: exports/models/ID.txt or .json in the home)",
        HelpName = "FILE",
    };

    internal static Command Import() =>
        Invocation.Command(
            "import",
            "Take a model of LightGBM over, to score and explain with",
            invocation =>
            {
                var imported = ImportTrees.Run(
                    invocation.Home,
                    invocation.Asked.GetRequiredValue(File),
                    invocation.Asked.GetValue(Name),
                    invocation.Asked.GetValue(BaseRate) ?? double.NaN
                );
                Tell(invocation, imported);
                return ExitCode.Done;
            },
            File,
            Name,
            BaseRate
        );

    internal static Command Export() =>
        Invocation.Command(
            "export",
            "Write a model as one file for other programs",
            invocation =>
            {
                var home = invocation.Home;
                var model = ModelCommands.Stored(home, invocation.Asked.GetRequiredValue(Model));
                var format = invocation.Asked.GetRequiredValue(Format);
                var ending = format == ModelFormat.Json ? "json" : "txt";
                var path =
                    invocation.Asked.GetValue(Out) ?? Path.Combine(home.Exports, "models", $"{model.Id}.{ending}");
                var written = ModelFileExport.Run(model, format, path);
                invocation.Answer(
                    new
                    {
                        Model = model.Id,
                        Format = format,
                        Path = written,
                    },
                    output =>
                    {
                        output.WriteLine($"Model: {written}");
                        if (format == ModelFormat.Lightgbm)
                            output.WriteLine("It holds the trees: their raw scores, without the calibration of json.");
                    }
                );
                return ExitCode.Done;
            },
            Model,
            Format,
            Out
        );

    static void Tell(Invocation invocation, ImportedTrees imported)
    {
        var model = imported.Model;
        invocation.Answer(
            new
            {
                Model = model.Id,
                imported.IsNew,
                Trees = model.Trees.Trees.Count,
                Features = model.Trees.Features.Count,
                model.Description.Rows,
                model.Description.BaseRate,
                model.Evaluation.Verdict,
                Report = Path.Combine(model.Folder, "report.html"),
            },
            output =>
            {
                output.WriteLine(
                    imported.IsNew
                        ? Words.Text(
                            $"{model.Id}: {model.Trees.Trees.Count:N0} trees, {model.Trees.Features.Count:N0} features; {model.Evaluation.Verdict}"
                        )
                        : $"{model.Id} is here already; nothing was changed."
                );
                output.WriteLine($"To score a table with it: leads table score FILE --model {model.Id} --out FILE");
            }
        );
    }
}
