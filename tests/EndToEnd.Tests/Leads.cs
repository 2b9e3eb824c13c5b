using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LeadScoring.Worker.Cli;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>What a finished <c>leads</c> process said.</summary>
sealed record Said(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as one JSON object.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>Runs the real program in a process of its own.</summary>
static class Leads
{
    /// <summary>128 + SIGKILL.</summary>
    const int Killed = 137;

    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "leads.dll");

    public static Said Run(params string[] arguments) => Under([], arguments);

    /// <summary>Runs as the last arguments of another program, which takes rights or room from it.</summary>
    public static Said Under(string[] before, params string[] arguments)
    {
        using var process = Start(before, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>Runs, and expects the exit code 0.</summary>
    public static Said Done(params string[] arguments)
    {
        var said = Run(arguments);
        Assert.That(said.ExitCode, Is.Zero, $"leads {string.Join(' ', arguments)}\n{said.Error}\n{said.Output}");
        return said;
    }

    /// <summary>Runs in this process: the same command line without the start of a program.</summary>
    public static Said Here(params string[] arguments)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture),
            error = new(CultureInfo.InvariantCulture);
        var exitCode = LeadsCommand.RunAsync(arguments, output, error).GetAwaiter().GetResult();
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Starts, waits until a step is told to be done, waits a while longer, and kills it (SIGKILL) if it still runs.</summary>
    /// <param name="step">The step whose line is waited for; null does not wait for any.</param>
    /// <returns>True when it was killed, false when it had ended by itself.</returns>
    public static bool IsKilled(string? step, TimeSpan after, params string[] arguments)
    {
        using var process = Start(arguments);
        using var told = new ManualResetEventSlim(step is null);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null || (step is not null && line.Data.StartsWith($"{step} ", StringComparison.Ordinal)))
                told.Set();
        };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        told.Wait();
        if (process.WaitForExit(after))
            return false;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return process.ExitCode == Killed;
    }

    /// <summary>Starts and does not wait.</summary>
    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts as the last arguments of another program, and does not wait.</summary>
    public static Process Start(string[] before, string[] arguments)
    {
        var host =
            Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet";
        string[] line = [.. before, host, "exec", Program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment.Remove("LEADS_HOME");
        if (before.Length > 0)
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // it needs one large file, in memory
        return Process.Start(start)!;
    }
}
