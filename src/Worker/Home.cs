namespace LeadScoring.Worker;

/// <summary>The folder everything of one register lies in; its parts are named once, here.</summary>
public sealed record Home(string Path)
{
    public string Inbox => System.IO.Path.Combine(Path, "inbox");
    public string Sources => System.IO.Path.Combine(Path, "sources");
    public string Policies => System.IO.Path.Combine(Path, "policies");
    public string Lake => System.IO.Path.Combine(Path, "lake");
    public string Models => System.IO.Path.Combine(Path, "models");
    public string Scores => System.IO.Path.Combine(Path, "scores");

    /// <summary>The keys of the cookies of those who sign in.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");
    public string Exports => System.IO.Path.Combine(Path, "exports");

    /// <summary>The home that is meant: the option, else <c>LEADS_HOME</c>, else the current folder.</summary>
    /// <exception cref="WorkerException">The folder does not exist.</exception>
    public static Home Resolve(string? option)
    {
        var named = option ?? Environment.GetEnvironmentVariable("LEADS_HOME");
        var path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(named) ? "." : named);
        if (!Directory.Exists(path))
            throw new WorkerException(
                $"{path}: there is no such folder; a home holds at least inbox/. Make it, or name another with --home."
            );
        return new Home(path);
    }
}
