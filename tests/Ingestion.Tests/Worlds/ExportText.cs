using System.IO.Compression;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Worlds;

/// <summary>Reads an export file of the synthetic world as text, by its folder's encoding or its byte order mark.</summary>
static class ExportText
{
    public static List<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        var latin = path.Contains("sms_replies", StringComparison.Ordinal);
        using var reader = new StreamReader(content, latin ? Encoding.Latin1 : Encoding.UTF8);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
