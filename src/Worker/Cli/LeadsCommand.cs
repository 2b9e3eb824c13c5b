using System.CommandLine;
using LeadScoring.Worker.Jobs;

namespace LeadScoring.Worker.Cli;

/// <summary>The <c>leads</c> command line: all commands, in the order of the work.</summary>
public static class LeadsCommand
{
    public static RootCommand Build()
    {
        var root = new RootCommand(
            "Scores who may move to Norrbotten, moves contacts through the funnel, gives each municipality its list."
        );
        root.Options.Add(Invocation.HomeOption);
        root.Options.Add(Invocation.JsonOption);
        foreach (var command in Commands())
            root.Subcommands.Add(command);
        return root;
    }

    /// <summary>Parses and runs; what cannot be parsed ends with <see cref="ExitCode.Unusable"/>.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var asked = Build().Parse(args.Length == 0 ? ["--help"] : args);
        if (asked.Errors.Count > 0)
        {
            var words = string.Join('\n', asked.Errors.Select(problem => problem.Message));
            await error.WriteLineAsync(words);
            await error.WriteLineAsync("Run `leads --help` or `leads COMMAND --help` for what there is.");
            if (args.Contains("--json", StringComparer.Ordinal))
                await output.WriteLineAsync(Json.Text(new { error = words, exitCode = ExitCode.Unusable }));
            return ExitCode.Unusable;
        }
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // A worker that is told to end lets its jobs come to a place where they can stop.
            ProcessTerminationTimeout = ServeHost.Grace + TimeSpan.FromSeconds(10),
        };
        return await asked.InvokeAsync(configuration, CancellationToken.None);
    }

    static IEnumerable<Command> Commands() =>
        [
            RunCommands.Demo(),
            RunCommands.Run(),
            StepCommands.Ingest(),
            ModelCommands.Train(),
            ModelCommands.Evaluate(),
            ModelCommands.Models(),
            ModelCommands.PromoteModel(),
            ModelCommands.Rollback(),
            StepCommands.Score(),
            StepCommands.Funnel(),
            ExportCommand.Build(),
            AllocationCommand.Build(),
            ExplainCommand.Build(),
            EffectCommand.Build(),
            PersonCommands.Access(),
            PersonCommands.Erase(),
            RetainCommand.Build(),
            TableCommands.Build(),
            DispatchCommand.Build(),
            MailCommands.Build(),
            SourceCommands.Build(),
            RejectsCommand.Build(),
            PolicyCommands.Build(),
            JobCommands.Serve(),
            JobCommands.Jobs(),
            UserCommands.Build(),
            StatusCommand.Build(),
            DoctorCommand.Build(),
        ];
}
