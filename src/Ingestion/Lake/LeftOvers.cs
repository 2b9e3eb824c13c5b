namespace LeadScoring.Ingestion;

/// <summary>Removes from a lake's folder what its manifest does not name: what a killed run left, and replaced files.</summary>
static class LeftOvers
{
    public static void Remove(LakeLayout layout, Manifest manifest, bool keepTemporary = false)
    {
        var temporary = Path.Combine(layout.Lake, "tmp");
        if (!keepTemporary && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
        File.Delete(layout.ManifestFile + ".tmp");
        File.Delete(layout.InboxHashesFile + ".tmp");
        var named = Named(layout, manifest);
        foreach (var folder in Folders.Select(layout.InLake).Where(Directory.Exists))
        {
            foreach (
                var file in Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => !named.Contains(file))
                    .ToArray()
            )
                File.Delete(file);
        }
    }

    /// <summary>Absolute paths of all that a manifest names.</summary>
    public static HashSet<string> Named(LakeLayout layout, Manifest manifest) =>
        manifest
            .Files.Select(file => layout.InLake(file.Path))
            .Concat(
                manifest
                    .Batches.Where(batch => batch.Rejects is not null)
                    .Select(batch => layout.InLake(batch.Rejects!))
            )
            .Concat((manifest.Notes ?? []).Select(note => layout.InLake(note.Path)))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The folders of a lake whose files a manifest names one by one.</summary>
    public static IEnumerable<string> Folders =>
        Enum.GetValues<LakeTable>().Select(LakeLayout.FolderOf).Append("keys").Append("rejects").Append("batches");
}
