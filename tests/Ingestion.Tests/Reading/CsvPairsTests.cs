using System.Text;
using LeadScoring.Ingestion.Tests.Reading.Twins;
using LeadScoring.Ingestion.Trials;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>CSV texts of the shapes that collections of test files have, each with the JSON that it means.</summary>
/// <remarks>
/// Whole folders, and without a name two files made here, are gone through by
/// <code>
/// LEADS_CSV_PAIRS=FOLDER dotnet test tests/Ingestion.Tests --filter "Name~Every_file_of_a_folder"
/// </code>
/// A CSV's JSON has the same name in any folder below; with <c>LEADS_CSV_EXCEPT=a,b</c> those are told and not judged.
/// <c>LEADS_EXPORTS=FOLDER</c> tries every file below it as <c>leads sources try</c> does.
/// </remarks>
public sealed class CsvPairsTests
{
    const string Abc = """[["place","night","guests"],["Boden","2","3"]]""";

    [TestCase("place,night,guests\nBoden,2,3", Abc, TestName = "Simple rows without a last line end")]
    [TestCase("place,night,guests\nBoden,2,3\n", Abc, TestName = "Simple rows")]
    [TestCase("place,night,guests\r\nBoden,2,3\r\n", Abc, TestName = "Simple rows with CRLF")]
    [TestCase("place,night,guests\rBoden,2,3\r", Abc, TestName = "Simple rows with CR")]
    [TestCase("place,night,guests\nBoden,\"2\",\"3\"", Abc, TestName = "Quotes that are not needed")]
    [TestCase("\uFEFFplace,night,guests\nBoden,2,3\n", Abc, TestName = "A byte order mark")]
    [TestCase("place,night,guests", "[]", TestName = "A header without rows")]
    [TestCase("place\n\n", """[["place"],[""]]""", TestName = "A blank line of a single column is a record")]
    [TestCase("place\nBoden", """[["place"],["Boden"]]""", TestName = "A single column")]
    [TestCase("place\nBoden\n", """[["place"],["Boden"]]""", TestName = "A single column and a last line end")]
    [TestCase("a,b,c\n1,,3", """[["a","b","c"],["1","","3"]]""", TestName = "An empty field")]
    [TestCase(
        "a,b,c\n1,\"\",\"\"\n2,3,4",
        """[{"a":"1","b":"","c":""},{"a":"2","b":"3","c":"4"}]""",
        TestName = "Fields of two quotes"
    )]
    [TestCase("a,b\n\"Lake, shore\",2", """[{"a":"Lake, shore","b":"2"}]""", TestName = "A comma in quotes")]
    [TestCase(
        "a,b\n1,\"the \"\"old\"\" road\"\n3,4\n",
        """[{"a":"1","b":"the \"old\" road"},{"a":"3","b":"4"}]""",
        TestName = "Doubled quotes"
    )]
    [TestCase(
        "a,b\n\"far \nnorth\",5\n7,8\n",
        """[{"a":"far \nnorth","b":"5"},{"a":"7","b":"8"}]""",
        TestName = "A line break in quotes"
    )]
    [TestCase(
        "a,b\r\n\"far \r\nnorth\",5\r\n7,8\r\n",
        """[{"a":"far \r\nnorth","b":"5"},{"a":"7","b":"8"}]""",
        TestName = "A CRLF in quotes stays one"
    )]
    [TestCase(
        "a,b\n1,\"so \n\"\"it\"\" \nis\"\n3,4",
        """[{"a":"1","b":"so \n\"it\" \nis"},{"a":"3","b":"4"}]""",
        TestName = "Quotes and line breaks"
    )]
    [TestCase(
        "key,val\n1,\"{\"\"at\"\": [66.5, 20.1]}\"\n",
        """[{"key":"1","val":"{\"at\": [66.5, 20.1]}"}]""",
        TestName = "JSON in a field"
    )]
    [TestCase("a,b\n1, before", """[["a","b"],["1"," before"]]""", TestName = "A blank before a text stays")]
    [TestCase("a,b\nbehind ,1", """[["a","b"],["behind ","1"]]""", TestName = "A blank behind a text stays")]
    [TestCase("a,b\n\"two words\",1", """[["a","b"],["two words","1"]]""", TestName = "A blank in quotes")]
    [TestCase("a,b\n1,🦌\n", """[["a","b"],["1","🦌"]]""", TestName = "A character of four bytes")]
    [TestCase(
        "a,b\n1,66\uFFFD31'27.9\"N 20\uFFFD9'5.1\"E\n",
        """[["a","b"],["1","66\uFFFD31'27.9\"N 20\uFFFD9'5.1\"E"]]""",
        TestName = "Quotes inside a field, and what a former program could not read"
    )]
    [TestCase("a;b\n1,5;2\n", """[["a","b"],["1,5","2"]]""", TestName = "Semicolons and decimal commas")]
    [TestCase("a\tb\n1\t\"2\t3\"\n", """[["a","b"],["1","2\t3"]]""", TestName = "Tabs")]
    [TestCase("a|b\n1|2\n", """[["a","b"],["1","2"]]""", TestName = "Pipes")]
    public void A_text_is_read_as_its_JSON_says(string csv, string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, csv, new UTF8Encoding(false));
            var read = CsvPair.Read(path).Rows;
            Assert.That(CsvPair.Difference(read, CsvPair.Meant(json, read[0])), Is.Null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Differences_are_found()
    {
        List<string[]> read =
        [
            ["a"],
            ["1"],
        ];

        Assert.That(
            CsvPair.Difference(
                read,
                [
                    ["a"],
                    ["2"],
                ]
            ),
            Is.EqualTo("row 1: [1], expected [2]")
        );
        Assert.That(
            CsvPair.Difference(
                read,
                [
                    ["a"],
                ]
            ),
            Is.EqualTo("2 rows with the header, expected 1")
        );
    }

    [Test]
    public void Every_file_of_a_folder_is_read_as_its_JSON_says()
    {
        using var own = new TestHome();
        var files = Files(
            "LEADS_CSV_PAIRS",
            own,
            ("csv/quotes.csv", "a,b\n1,\"the \"\"old\"\" road\"\n"),
            ("json/quotes.json", """[{"a":"1","b":"the \"old\" road"}]""")
        );
        var json = files
            .Where(file => file.EndsWith(".json", StringComparison.Ordinal))
            .ToLookup(Path.GetFileNameWithoutExtension, StringComparer.Ordinal);
        var except = (Environment.GetEnvironmentVariable("LEADS_CSV_EXCEPT") ?? "").Split(',');
        var wrong = new List<string>();
        foreach (var file in files.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var verdict = Verdict(file, json[name].FirstOrDefault(one => SharesRoot(one, file)));
            TestContext.Progress.WriteLine($"{name}: {verdict}");
            if (
                verdict.StartsWith("DIFFERS", StringComparison.Ordinal)
                && !except.Contains(name, StringComparer.Ordinal)
            )
                wrong.Add(name);
        }
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_export_of_a_folder_is_read_whole_or_refused_by_name()
    {
        using var home = new TestHome();
        using var own = new TestHome();
        var files = Files(
            "LEADS_EXPORTS",
            own,
            (
                "newsletter.csv",
                "email_address,email_id,campaign_id,topic,action,timestamp\n"
                    + "r1@example.org,m1,c,housing,open,2025-03-01T10:00:00\n"
            )
        );
        foreach (var file in files.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var trial = TrySource.Run(home.Folder, file, null, 0, CancellationToken.None);
            var records = SlowRecords.Of(File.ReadAllText(file), ',').Count - 1;
            TestContext.Progress.WriteLine(
                $"{Path.GetFileName(file)}: {records} records; "
                    + (
                        trial.Refusal
                        ?? $"{trial.Match.Source.Name} reads {trial.Read} = {trial.Accepted} accepted + {trial.Rejected} rejected + {trial.Duplicate} duplicate"
                    )
            );
            Assert.That(trial.Read, Is.EqualTo(trial.Refusal is null ? records : 0), file);
            Assert.That(trial.Read, Is.EqualTo(trial.Accepted + trial.Rejected + trial.Duplicate), file);
        }
    }

    static string Verdict(string file, string? json)
    {
        try
        {
            var (rows, notes) = CsvPair.Read(file);
            var told = notes.Count == 0 ? "" : $" ({string.Join("; ", notes)})";
            if (json is null)
                return $"no JSON; {rows.Count - 1} rows{told}";
            return CsvPair.Difference(rows, CsvPair.Meant(File.ReadAllText(json), rows[0])) is { } difference
                ? $"DIFFERS: {difference}{told}"
                : $"as its JSON says, {rows.Count - 1} rows{told}";
        }
        catch (IngestionException error)
        {
            return $"refused: {error.Message}";
        }
    }

    /// <summary>Whether two files stand in folders beside each other: several collections may have the same names.</summary>
    static bool SharesRoot(string one, string other) =>
        string.Equals(
            Path.GetDirectoryName(Path.GetDirectoryName(one)),
            Path.GetDirectoryName(Path.GetDirectoryName(other)),
            StringComparison.Ordinal
        );

    /// <summary>The files of the folder that the variable names; without it those given, written into a folder.</summary>
    static string[] Files(string variable, TestHome own, params (string Path, string Text)[] given)
    {
        var folder = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(folder))
        {
            folder = Path.Combine(own.Folder, "given");
            foreach (var (path, text) in given)
            {
                var file = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
        }
        return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }
}
