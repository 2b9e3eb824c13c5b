namespace LeadScoring.Ingestion;

/// <summary>Lets one ingest at a time write a lake. The system frees it when the process ends, however it ends.</summary>
sealed class IngestLock : IDisposable
{
    readonly FileStream _file;

    IngestLock(FileStream file) => _file = file;

    /// <exception cref="IngestionException">Another ingest of the same home is running.</exception>
    public static IngestLock Take(LakeLayout layout)
    {
        Directory.CreateDirectory(layout.Lake);
        try
        {
            return new IngestLock(
                new FileStream(layout.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (IOException error)
        {
            throw new IngestionException(
                $"Another ingest is writing {layout.Lake} (its lock file is held). Wait until it is done and try again.",
                error
            );
        }
    }

    public void Dispose() => _file.Dispose();
}
