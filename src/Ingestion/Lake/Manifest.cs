using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadScoring.Ingestion;

/// <summary>What a lake holds: the one file whose replacement makes an ingest visible.</summary>
/// <param name="Generation">0 for an empty lake, one more with each ingest that found something new.</param>
/// <param name="Buckets">Number of buckets, fixed when the lake is first written.</param>
/// <param name="Batches">Every file ever ingested, in the order in which it was.</param>
/// <param name="Files">Every Parquet file that belongs to the lake; others are left-overs.</param>
/// <param name="Notes">What each change of the lake brought and dropped, one file each; null in a lake of before.</param>
/// <param name="Suppressions">Which state of the home's list of erased contacts the lake was cleaned with; null when none.</param>
public sealed record Manifest(
    int Generation,
    int Buckets,
    LakeDictionary Dictionary,
    IReadOnlyList<Batch> Batches,
    IReadOnlyList<LakeFile> Files,
    IReadOnlyList<LakeNote>? Notes = null,
    string? Suppressions = null
)
{
    static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Why the lake cannot be added to: it lacks what rows are placed again by. Null when it can.</summary>
    [JsonIgnore]
    public string? Outdated =>
        Generation > 0 && Notes is null
            ? "manifest.json says that the lake was made by an earlier version, which did not keep by what way each row came to its contact. "
                + "If the inbox still holds every file, remove lake/ and run leads ingest."
            : null;

    public static Manifest Empty(int buckets) => new(0, buckets, LakeDictionary.Empty, [], []);

    /// <summary>Reads the manifest, or gives an empty one when the home has no lake yet.</summary>
    /// <exception cref="IngestionException">The file is there but is no manifest.</exception>
    public static Manifest Read(LakeLayout layout, int buckets = Lake.DefaultBuckets)
    {
        if (!File.Exists(layout.ManifestFile))
            return Empty(buckets);
        try
        {
            return JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(layout.ManifestFile), _json)
                ?? throw new JsonException("it holds null");
        }
        catch (JsonException error)
        {
            throw new IngestionException(
                $"{layout.ManifestFile} is no manifest of a lake: {error.Message} "
                    + "Put back a copy of it, or remove the folder lake/ and ingest the inbox again.",
                error
            );
        }
    }

    /// <summary>Replaces the manifest in one step: after a crash there is the old one or the new one.</summary>
    public void Write(LakeLayout layout) =>
        AtomicFile.Write(layout.ManifestFile, JsonSerializer.SerializeToUtf8Bytes(this, _json));
}

/// <summary>One ingested file: what it was and what became of its rows.</summary>
/// <param name="Source">The source it belongs to.</param>
/// <param name="Path">Relative to <c>inbox/</c>, with forward slashes, as it was called when first seen.</param>
/// <param name="Sha256">Hash of the file's bytes, 64 hex digits: the same content is never ingested twice.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Read">Records found; always <paramref name="Accepted"/> + <paramref name="Rejected"/>
/// + <paramref name="Duplicate"/> + <paramref name="Erased"/>.</param>
/// <param name="Format">How the file was read, for example <c>csv ';' latin-1</c>.</param>
/// <param name="Generation">The ingest that brought it.</param>
/// <param name="Rejects">File under <c>lake/</c> with the rejected rows, or null when there are none.</param>
/// <param name="Erased">Rows of contacts that were erased before.</param>
public sealed record Batch(
    string Source,
    string Path,
    string Sha256,
    long Bytes,
    long Read,
    long Accepted,
    long Rejected,
    long Duplicate,
    string Format,
    int Generation,
    string? Rejects,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Erased = 0
);

/// <summary>A note about one change of the lake, without personal data.</summary>
/// <param name="Path">Relative to <c>lake/</c>, with forward slashes.</param>
/// <param name="Sha256">Hash of the file's bytes, 64 hex digits.</param>
public sealed record LakeNote(int Generation, string Path, long Bytes, string Sha256);

/// <summary>One Parquet file of the lake.</summary>
/// <param name="Table">The table; <c>null</c> for the keys that find duplicates, see <paramref name="KeysOf"/>.</param>
/// <param name="Bucket">The bucket, or 0 for keys.</param>
/// <param name="Path">Relative to <c>lake/</c>, with forward slashes.</param>
/// <param name="KeysOf">The source whose row identities the file holds, or null when it is a table's file.</param>
/// <param name="Sha256">Hash of the file's bytes, 64 hex digits; null when an older version wrote the manifest.</param>
public sealed record LakeFile(
    LakeTable? Table,
    int Bucket,
    string Path,
    long Rows,
    long Bytes,
    int Generation,
    string? KeysOf = null,
    string? Sha256 = null
);
