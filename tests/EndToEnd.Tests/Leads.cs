using System.Diagnostics;
using System.Text.Json;

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

    /// <summary>Starts, and kills it (SIGKILL) when it still runs after a while.</summary>
    /// <returns>True when it was killed, false when it had ended by itself.</returns>
    public static bool KilledAfter(TimeSpan wait, params string[] arguments)
    {
        using var process = Start(arguments);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (process.WaitForExit(wait))
            return false;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return true;
    }

    static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet"
        )
        {
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
