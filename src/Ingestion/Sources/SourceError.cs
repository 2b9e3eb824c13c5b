namespace LeadScoring.Ingestion.Sources;

/// <summary>One thing that is wrong in a source file.</summary>
sealed record SourceError(string File, int Line, string Found, string Expected)
{
    public override string ToString() => $"{File} line {Line}: found {Found}, expected {Expected}";

    /// <summary>All errors of all sources as one exception, so that they can be mended in one go.</summary>
    public static IngestionException Exception(IReadOnlyCollection<SourceError> errors) =>
        new(
            $"{errors.Count} {(errors.Count == 1 ? "error" : "errors")} in the sources:{string.Concat(errors.Select(error => $"\n  {error}"))}"
        );
}
