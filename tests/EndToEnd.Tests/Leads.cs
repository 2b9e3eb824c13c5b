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

    public static Said Run(params string[] arguments)
    {
        using var process = Start(arguments);
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
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet"
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("LEADS_HOME");
        return Process.Start(start)!;
    }
}
