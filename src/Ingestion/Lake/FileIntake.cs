using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>One inbox file on its way: what was found in it so far.</summary>
sealed class FileIntake(InboxFile file, string sha256, int number)
{
    public InboxFile File { get; } = file;

    public string Sha256 { get; } = sha256;

    /// <summary>The file's place in the order of its source's new files.</summary>
    public int Number { get; } = number;

    public string Format { get; set; } = "";

    public string? Refusal { get; private set; }

    /// <summary>Line of the quote for which the file is read with quotes as letters; null when it is not.</summary>
    public long? StrayQuote { get; private set; }

    public List<string> Warnings { get; } = [];

    public long Read { get; set; }

    /// <summary>Records read so far, while the file is read.</summary>
    public long Passed { get; set; }

    public long Duplicate { get; set; }

    public long Rejected { get; set; }

    /// <summary>Rows of contacts that were erased: they do not come in again.</summary>
    public long Erased { get; set; }

    public long Accepted => Read - Rejected - Duplicate - Erased;

    /// <summary>Path of the rejects relative to the lake.</summary>
    public string RejectsPath => $"rejects/{File.Source}/{Sha256[..16]}.ndjson";

    public IReadOnlyList<RejectReason> Reasons { get; set; } = [];

    /// <summary>Refuses the file as a whole: nothing of it goes to the lake.</summary>
    public void Refuse(string reason)
    {
        (Refusal, Read, Duplicate, Rejected, Erased, Reasons) = (reason, 0, 0, 0, 0, []);
    }

    /// <summary>Whether the file, which could not be read, is to be read once more with quotes as letters.</summary>
    /// <param name="error">Why it could not be read.</param>
    public bool TurnsQuotesOff(Exception error, Source source, string scratch, CancellationToken cancellation)
    {
        if (error is not IngestionException { StrayQuote: { } line } || StrayQuote is not null)
            return false;
        try
        {
            if (!InputFile.HasQuotesAsLetters(File.Path, source.Columns, scratch, cancellation))
                return false;
        }
        catch (Exception other)
            when (other is IngestionException or IOException or UnauthorizedAccessException
                && !BrokenOff.IsOfWriting(other)
            )
        {
            return false; // the first error stays the one that is told
        }
        (StrayQuote, Read, Passed, Duplicate, Rejected, Erased) = (line, 0, 0, 0, 0, 0);
        return true;
    }

    /// <exception cref="IOException">It is no longer the file that was hashed.</exception>
    public IRecordReader Open(Source source, string scratch, CancellationToken cancellation)
    {
        if (File.Change() is { } change)
            throw new IOException(change);
        // A pipe or a device has no length either, and would keep whoever opens it waiting.
        if (File.Bytes == 0)
            throw new IngestionException(InputFile.Empty);
        var reader = InputFile.Open(File.Path, source.Columns, source.Sheet, scratch, cancellation, StrayQuote);
        Format = reader.Format;
        return reader;
    }

    public FileReport Report() =>
        new(
            File.Source,
            File.Relative,
            Refusal is null ? FileState.Ingested : FileState.Refused,
            Read,
            Accepted,
            Rejected,
            Duplicate,
            Format,
            Refusal is null ? null : $"inbox/{File.Relative}: {Refusal}",
            Warnings,
            Rejected > 0 ? RejectsPath : null,
            Reasons
        )
        {
            Erased = Erased,
        };

    public Batch Batch(int generation) =>
        new(
            File.Source,
            File.Relative,
            Sha256,
            File.Bytes,
            Read,
            Accepted,
            Rejected,
            Duplicate,
            Format,
            generation,
            Rejected > 0 ? RejectsPath : null,
            Erased
        );
}
