using System.CommandLine;
using LeadScoring.Funnel;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring;

namespace LeadScoring.Worker.Cli;

/// <summary>One run of one command: what was asked for, and where the answer goes.</summary>
public sealed record Invocation(ParseResult Asked, Screen Screen, CancellationToken Cancellation)
{
    public static Option<string?> HomeOption { get; } =
        new("--home")
        {
            Description = "The home folder (default: LEADS_HOME, else the current folder)",
            HelpName = "DIR",
            Recursive = true,
        };

    public static Option<bool> JsonOption { get; } =
        new("--json") { Description = "Print one JSON object on standard output", Recursive = true };

    public Home Home => Home.Resolve(Asked.GetValue(HomeOption));

    /// <summary>Prints the answer: as JSON when asked for, else in words.</summary>
    public void Answer<T>(T answer, Action<TextWriter> words)
    {
        if (Screen.Json)
            Screen.Output.WriteLine(Json.Text(answer));
        else
            words(Screen.Output);
    }

    /// <summary>A command that runs <paramref name="work"/> and turns what went wrong into words and an exit code.</summary>
    public static Command Command(string name, string description, Func<Invocation, int> work, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else if (symbol is Option option)
                command.Options.Add(option);
        }
        command.SetAction((asked, cancellation) => Task.FromResult(Run(asked, work, cancellation)));
        return command;
    }

    static int Run(ParseResult asked, Func<Invocation, int> work, CancellationToken cancellation)
    {
        var (output, error) = (asked.InvocationConfiguration.Output, asked.InvocationConfiguration.Error);
        var json = asked.GetValue(JsonOption);
        try
        {
            return work(new Invocation(asked, new Screen(output, error, json), cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine("Stopped. Nothing half-done is left behind; run the command again to finish.");
            return ExitCode.Failed;
        }
        catch (Exception problem)
            when (problem is IngestionException or ScoringException or FunnelException or WorkerException)
        {
            return Tell(problem.Message, ExitCode.Unusable);
        }
        catch (Exception problem) when (DiskFault.Explain(problem) is { } told)
        {
            return Tell(told, ExitCode.Unusable);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DuckDbException)
        {
            return Tell(problem.Message, ExitCode.Failed);
        }

        int Tell(string message, int code)
        {
            error.WriteLine(message);
            if (json)
                output.WriteLine(Json.Text(new { error = message, exitCode = code }));
            return code;
        }
    }
}
