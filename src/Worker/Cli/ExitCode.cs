namespace LeadScoring.Worker.Cli;

/// <summary>What a command's exit code says.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command was understood and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or its input cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>Done, with rejects or warnings above the configured share.</summary>
    public const int DoneWithRejects = 3;
}
