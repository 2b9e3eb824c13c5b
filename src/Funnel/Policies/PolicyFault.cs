namespace LeadScoring.Funnel.Policies;

/// <summary>One thing wrong in one policy file.</summary>
/// <param name="File">As it was given.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Path">JSON path of the value, such as <c>$.cadence.interest[1].kind</c>.</param>
/// <param name="Message">Found, expected, and what to do.</param>
public sealed record PolicyFault(string File, int Line, string Path, string Message)
{
    public override string ToString() => $"{File} line {Line} {Path}: {Message}";
}
