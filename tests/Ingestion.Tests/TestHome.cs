using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests;

/// <summary>A home in a temporary folder, with a known salt.</summary>
public sealed class TestHome : IDisposable
{
    public TestHome()
    {
        Folder = Directory.CreateTempSubdirectory("leads-").FullName;
        File.WriteAllText(Path.Combine(Folder, "salt"), "00112233445566778899aabbccddeeff\n");
    }

    public string Folder { get; }

    public string LakeFolder => Path.Combine(Folder, "lake");

    public TestHome With(string inboxPath, string text) => With(inboxPath, Encoding.UTF8.GetBytes(text));

    public TestHome With(string inboxPath, byte[] content) => Put(Path.Combine("inbox", inboxPath), content);

    public TestHome WithSource(string name, string text) =>
        Put(Path.Combine("sources", name), Encoding.UTF8.GetBytes(text));

    public IngestReport Ingest() => Ingestion.Ingest.Run(Folder);

    /// <summary>The report of the only file that this inbox has.</summary>
    public FileReport IngestOne()
    {
        var report = Ingest();
        Assert.That(report.Files, Has.Count.EqualTo(1), string.Join('\n', report.Warnings));
        return report.Files[0];
    }

    /// <summary>Rows of a query over the lake's tables, columns joined by '|'; words stand for codes of traces.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        var lake = Ingestion.Lake.Open(Folder);
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, lake, bucket: null);
        foreach (var (macro, words) in Words(lake.Dictionary))
        {
            var list = string.Join(", ", words.Select(word => $"'{word}'"));
            connection.Execute(macro, $"create temp macro {macro}(code) as [{list}][code + 1]");
        }
        return connection.Rows("test", sql, Line);
    }

    /// <summary>Every file below the lake's folder but lock and cache, by path, with a hash of its bytes.</summary>
    public SortedDictionary<string, string> LakeBytes()
    {
        var files = Directory
            .EnumerateFiles(LakeFolder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".lock" or ".cache"))
            .ToDictionary(
                file => Path.GetRelativePath(LakeFolder, file),
                file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))),
                StringComparer.Ordinal
            );
        return new SortedDictionary<string, string>(files, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Rejects(FileReport file) =>
        file.RejectsFile is null ? [] : File.ReadAllLines(Path.Combine(LakeFolder, file.RejectsFile));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    TestHome Put(string relative, byte[] content)
    {
        var path = Path.Combine(Folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }

    static IEnumerable<(string, IReadOnlyList<string>)> Words(LakeDictionary dictionary) =>
        [
            ("kind_of", dictionary.Kinds),
            ("channel_of", dictionary.Channels),
            ("theme_of", dictionary.Themes),
            ("source_of", dictionary.Sources),
        ];

    static string Line(Chunk chunk, int row)
    {
        var values = new List<string>();
        for (var column = 0; column < 30; column++)
        {
            try
            {
                values.Add(Text(chunk.Value(column, row)));
            }
            catch (IndexOutOfRangeException)
            {
                break;
            }
        }
        return string.Join('|', values);
    }

    static string Text(object? value) =>
        value switch
        {
            null => "",
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
