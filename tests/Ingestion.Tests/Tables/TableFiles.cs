using System.Text;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

/// <summary>A file with these bytes for as long as it is read.</summary>
static class TableFiles
{
    public static TableRead Read(string text, TableColumns columns) =>
        With(Encoding.UTF8.GetBytes(text), "table.csv", path => ReadTable.Run(path, columns));

    public static T With<T>(byte[] bytes, string name, Func<string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("table-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, bytes);
            return read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
