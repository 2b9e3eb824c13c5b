namespace LeadScoring.Ingestion;

/// <summary>A home's lake as it stood when it was opened: Parquet files by table and bucket, and their dictionary.</summary>
/// <remarks>
/// A reader keeps seeing the generation it opened: later ingests write new files beside it. Only a file that an
/// ingest replaced (visitors that have become contacts) goes away, when the ingest after that one cleans up.
/// </remarks>
public sealed class Lake
{
    /// <summary>Buckets of a new lake unless the home's settings say otherwise.</summary>
    public const int DefaultBuckets = 16;

    readonly LakeLayout _layout;
    readonly ILookup<(LakeTable?, int), LakeFile> _files;

    Lake(LakeLayout layout, Manifest manifest)
    {
        _layout = layout;
        Manifest = manifest;
        _files = manifest.Files.ToLookup(file => (file.Table, file.Bucket));
    }

    public Manifest Manifest { get; }

    /// <summary>Grows by one with each ingest that found something new; 0 when nothing was ever ingested.</summary>
    public int Generation => Manifest.Generation;

    public int Buckets => Manifest.Buckets;

    public LakeDictionary Dictionary => Manifest.Dictionary;

    /// <summary>Opens the lake of a home; a home without one has an empty lake.</summary>
    /// <exception cref="IngestionException">The manifest cannot be read, or was lost.</exception>
    public static Lake Open(string home)
    {
        var layout = LakeLayout.Of(home);
        LostManifest.Refuse(layout);
        return new Lake(layout, Manifest.Read(layout));
    }

    /// <summary>The lake that a manifest describes, whether or not it is the one on disk.</summary>
    internal static Lake Of(LakeLayout layout, Manifest manifest) => new(layout, manifest);

    /// <summary>Absolute paths of a bucket's sorted runs, oldest first; possibly none.</summary>
    public IReadOnlyList<string> Files(LakeTable table, int bucket) =>
        [.. _files[(table, bucket)].Select(file => _layout.InLake(file.Path))];

    /// <summary>The same lake with those files only that were written after a generation: all that it has learnt since is in them.</summary>
    public Lake Since(int generation) =>
        new(_layout, Manifest with { Files = [.. Manifest.Files.Where(file => file.Generation > generation)] });

    /// <summary>Absolute paths of all of a table's files, bucket by bucket.</summary>
    public IReadOnlyList<string> Files(LakeTable table) =>
        [.. Enumerable.Range(0, Buckets).SelectMany(bucket => Files(table, bucket))];

    /// <summary>The absolute path of one of the lake's files.</summary>
    internal string PathOf(LakeFile file) => _layout.InLake(file.Path);

    /// <summary>Rows of a table over all buckets.</summary>
    public long Count(LakeTable table) => Manifest.Files.Where(file => file.Table == table).Sum(file => file.Rows);

    /// <summary>Rows of a table in one bucket.</summary>
    public long Count(LakeTable table, int bucket) => _files[(table, bucket)].Sum(file => file.Rows);

    /// <summary>The bucket that holds everything about a contact (or a subject).</summary>
    public int BucketOf(string key) => LakeLayout.BucketOf(key, Buckets);
}
