using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Worker.Exports;

/// <summary>Copies files of scores and lists without the rows of erased contacts; each says how many there were.</summary>
static partial class WithoutErased
{
    /// <summary>A file whose rows have a column <c>contact</c>.</summary>
    public static long Parquet(Connection connection, string file, string target, ErasedContacts erased)
    {
        var contacts = connection.Rows(
            "contacts of a file",
            "select distinct contact from read_parquet(regexp_replace($file, '([*?[])', '[\\1]', 'g'))",
            (chunk, row) => chunk.Text(0, row)!,
            ("file", file)
        );
        var gone = contacts.Where(erased.Contains).ToList();
        if (gone.Count == 0)
            return Copy(file, target);
        connection.Execute("gone", "create or replace temp table gone (contact varchar)");
        using (var rows = connection.Appender("gone"))
        {
            foreach (var contact in gone)
                rows.Append(contact).EndRow();
        }
        var before = Count(file);
        connection.Execute(
            "without_erased",
            WorkerSql.Of("Exports.without_erased"),
            ("file", file),
            ("target", target)
        );
        return before - Count(target);

        long Count(string path) =>
            connection.Scalar<long>(
                "rows of a file",
                "select num_rows from parquet_file_metadata(regexp_replace($file, '([*?[])', '[\\1]', 'g'))",
                ("file", path)
            );
    }

    /// <summary>A list: the contact stands in the second column.</summary>
    public static long Csv(string file, string target, ErasedContacts erased)
    {
        var lines = File.ReadAllText(file, Encoding.UTF8);
        var records = RecordPattern()
            .Matches(lines)
            .Select(match => match.Value)
            .Where(record => record.Length > 0)
            .ToList();
        var kept = records.Where((record, place) => place == 0 || !erased.Contains(Contact(record))).ToList();
        if (kept.Count == records.Count)
            return Copy(file, target);
        var mark = File.ReadAllBytes(file).AsSpan().StartsWith(Encoding.UTF8.Preamble);
        File.WriteAllText(target, string.Concat(kept), new UTF8Encoding(encoderShouldEmitUTF8Identifier: mark));
        return records.Count - kept.Count;
    }

    /// <summary>A workbook that names one of them is left out whole: it is written again from the lists.</summary>
    public static long Workbook(string file, string target, ErasedContacts erased)
    {
        using (var archive = ZipFile.OpenRead(file))
        {
            var rows = 0L;
            foreach (var sheet in archive.Entries.Where(entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(sheet.Open(), Encoding.UTF8);
                rows += TextPattern()
                    .Matches(reader.ReadToEnd())
                    .Count(match => erased.Contains(System.Net.WebUtility.HtmlDecode(match.Groups["text"].Value)));
            }
            if (rows > 0)
                return rows;
        }
        return Copy(file, target);
    }

    public static long Copy(string file, string target)
    {
        File.Copy(file, target);
        return 0;
    }

    /// <summary>The second value, without what guards it from a spreadsheet.</summary>
    static string Contact(string record) =>
        ContactPattern()
            .Match(record)
            .Groups["contact"]
            .Value.Trim('"')
            .Replace("\"\"", "\"", StringComparison.Ordinal)
            .TrimStart('\'');

    /// <summary>One record with its line end; a quoted value may hold line ends.</summary>
    [GeneratedRegex("(\"[^\"]*\"|[^\"\r\n])*(\r\n|\n|\r|$)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RecordPattern();

    [GeneratedRegex("^[^,]*,(?<contact>\"([^\"]|\"\")*\"|[^,\r\n]*)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ContactPattern();

    [GeneratedRegex(">(?<text>[^<]+)</([a-z]+:)?t>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TextPattern();
}
