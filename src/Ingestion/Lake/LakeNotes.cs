using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadScoring.Ingestion;

/// <summary>Writes what a change of the lake brought and dropped to <c>lake/batches</c>: sums and reasons, nobody's data.</summary>
static class LakeNotes
{
    static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="before">The lake as it was.</param>
    /// <param name="after">The lake as it is to be.</param>
    public static LakeNote Write(
        LakeLayout layout,
        string run,
        Manifest before,
        Manifest after,
        IReadOnlyList<FileIntake> files,
        DateTime? keepFrom
    )
    {
        var erases = !string.Equals(before.Suppressions, after.Suppressions, StringComparison.Ordinal);
        string[] why =
        [
            .. files.Count > 0 ? ["new files"] : Array.Empty<string>(),
            .. erases ? ["contacts were erased"] : Array.Empty<string>(),
            .. keepFrom is not null ? ["traces older than they are kept were dropped"] : Array.Empty<string>(),
        ];
        var note = new Note(
            after.Generation,
            why,
            keepFrom,
            [.. files.Select(File)],
            [.. Enum.GetValues<LakeTable>().Select(table => Table(table, before, after)).OfType<TableNote>()]
        );
        var bytes = JsonSerializer.SerializeToUtf8Bytes(note, _json);
        var relative = $"batches/{run}.json";
        Directory.CreateDirectory(layout.InLake("batches"));
        AtomicFile.Write(layout.InLake(relative), bytes);
        return new(after.Generation, relative, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    static FileNote File(FileIntake file) =>
        new(
            file.File.Source,
            file.Sha256,
            file.Read,
            file.Accepted,
            file.Rejected,
            file.Duplicate,
            file.Erased,
            [.. file.Reasons.Select(reason => new ReasonNote(reason.Reason, reason.Rows))],
            file.StrayQuote is { } line ? new RepairNote("quotes off", line) : null
        );

    static TableNote? Table(LakeTable table, Manifest before, Manifest after)
    {
        var (was, now) = (Of(before), Of(after));
        var written = now.Except(was).ToArray();
        var replaced = was.Except(now).ToArray();
        return written.Length + replaced.Length == 0
            ? null
            : new(table, Rows(was), Rows(now), replaced.Length, written.Length);

        LakeFile[] Of(Manifest manifest) => [.. manifest.Files.Where(file => file.Table == table)];

        static long Rows(LakeFile[] files) => files.Sum(file => file.Rows);
    }

    sealed record Note(
        int Generation,
        IReadOnlyList<string> Why,
        DateTime? KeptFrom,
        IReadOnlyList<FileNote> Files,
        IReadOnlyList<TableNote> Tables
    );

    /// <param name="Sha256">Of the inbox file; the manifest says what it was called.</param>
    sealed record FileNote(
        string Source,
        string Sha256,
        long Read,
        long Accepted,
        long Rejected,
        long Duplicate,
        long Erased,
        IReadOnlyList<ReasonNote> Reasons,
        RepairNote? Repair
    );

    sealed record ReasonNote(string Reason, long Rows);

    /// <param name="Mode">How a file was read that could not be read as it is meant.</param>
    /// <param name="Line">The first line that forced it.</param>
    sealed record RepairNote(string Mode, long Line);

    /// <param name="Replaced">Files that went.</param>
    /// <param name="Written">Files that came.</param>
    sealed record TableNote(LakeTable Table, long Before, long After, int Replaced, int Written);
}
