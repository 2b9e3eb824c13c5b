using System.Globalization;
using System.Text.Json;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Tests.Cli;

/// <summary><c>leads sources</c> and <c>leads rejects</c>; every row here is invented.</summary>
public sealed class SourceCommandsTests
{
    const string Replies =
        "reply_id;mottaget;contact_id;campaign;klass\nm1;2025-03-04 09:00;k1;;ja\nm2;4 March;k1;secret-words;ja\n";

    readonly TemporaryHome _home = new();
    readonly string? _temporaryWas = Environment.GetEnvironmentVariable("TMPDIR");

    [SetUp]
    public void Give_it_a_place_for_a_while()
    {
        Directory.CreateDirectory(_home.File("tmp"));
        Environment.SetEnvironmentVariable("TMPDIR", _home.File("tmp"));
        With("inbox/sms_replies/r.csv", Replies);
    }

    [TearDown]
    public void Empty_it()
    {
        Environment.SetEnvironmentVariable("TMPDIR", _temporaryWas);
        foreach (var folder in Directory.GetDirectories(_home.Path))
            Directory.Delete(folder, recursive: true);
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Sources_are_listed_with_what_they_need_and_what_has_come()
    {
        With(
            "sources/own.sql",
            "-- source: own\n-- meaning: mine\n-- yields: traces\n-- columns:\n--   who text required\n--   why text optional\nselect who as contact, timestamp '2025-01-01' as at, 'x' as kind from raw\n"
        );
        Leads("ingest");

        var all = Json(Leads("sources", "--json"))
            .GetProperty("sources")
            .EnumerateArray()
            .ToDictionary(s => s.GetProperty("name").GetString()!);

        Assert.That(all["own"].GetProperty("origin").GetString(), Is.EqualTo("sources/own.sql"));
        Assert.That(all["own"].GetProperty("required").EnumerateArray().Single().GetString(), Is.EqualTo("who"));
        Assert.That(all["own"].GetProperty("optional").EnumerateArray().Single().GetString(), Is.EqualTo("why"));
        Assert.That(
            all["web_analytics"].GetProperty("yields").EnumerateArray().Select(y => y.GetString()),
            Is.EqualTo(new[] { "traces", "links" })
        );
        var replies = all["sms_replies"];
        Assert.That(replies.GetProperty("origin").GetString(), Is.EqualTo("built-in"));
        Assert.That(
            new[] { "files", "read", "accepted", "rejected", "duplicate" }.Select(name =>
                replies.GetProperty(name).GetInt64()
            ),
            Is.EqualTo(new[] { 1, 2, 1, 1, 0 })
        );
        Assert.That(
            Leads("sources").Output,
            Does.Contain("own (sources/own.sql; traces): mine\n  needs    who\n  reads    why\n  so far   nothing\n")
        );
    }

    [Test]
    public void A_file_is_tried_without_a_trace_of_it_anywhere()
    {
        var path = With("elsewhere/r.csv", Replies);
        var before = Everything();

        var (code, output, _) = Leads("sources", "try", path);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("r.csv: surely sms_replies (5 of its 5 columns, 0 others in the file)"));
        Assert.That(output, Does.Contain("read as   csv ';' ascii"));
        Assert.That(output, Does.Contain("rows      2 read = 1 accepted + 1 rejected + 0 duplicate"));
        Assert.That(output, Does.Contain("1 rejected, first on line 3: mottaget: expected a time"));
        Assert.That(output, Does.Match("contact [0-9a-f]{8}, at 2025-03-04 08:00:00"));
        Assert.That(output, Does.Not.Contain("secret-words").And.Not.Contain("k1"));
        Assert.That(Everything(), Is.EqualTo(before));
    }

    [Test]
    public void A_file_that_cannot_be_read_or_that_no_source_fits_ends_with_2()
    {
        var (code, output, error) = Leads("sources", "try", With("elsewhere/e.csv", ""), "--json");
        Assert.That((code, Json((code, output, error)).GetProperty("exitCode").GetInt32()), Is.EqualTo((2, 2)));
        Assert.That(error, Does.Contain("e.csv: the file is empty (0 bytes)"));

        var unfit = Leads(
            "sources",
            "try",
            With("elsewhere/u.csv", "reply-id;mottaget;contact_id;campaign\na;b;c;d\n")
        );
        Assert.That(unfit.Code, Is.EqualTo(2));
        Assert.That(
            unfit.Output,
            Does.Contain("nothing fits; sms_replies is nearest").And.Contain("MISSING; did you mean 'reply-id'?")
        );
        Assert.That(Directory.GetFileSystemEntries(_home.File("tmp")), Is.Empty);
    }

    [Test]
    public void A_drafted_source_can_be_tried_at_once()
    {
        var path = With("elsewhere/v.csv", "contact_id,at,colour\nk1,2025-03-04T08:00:00Z,red\n");

        var drafted = Leads("sources", "new", "visits", path);
        var again = Leads("sources", "new", "visits", path);
        var tried = Json(Leads("sources", "try", path, "--source", "visits", "--json"));

        Assert.That(drafted.Code, Is.Zero, drafted.Error);
        Assert.That(drafted.Output, Does.Contain("It reads such files as it stands."));
        Assert.That((again.Code, tried.GetProperty("accepted").GetInt32()), Is.EqualTo((2, 1)));
        Assert.That(again.Error, Does.Contain("sources/visits.sql is there already"));
    }

    [Test]
    public void Rejects_are_told_without_content_and_written_when_asked()
    {
        Leads("ingest");
        var told = Leads("rejects");
        var written = Leads("rejects", "--source", "sms_replies", "--out", _home.File("elsewhere", "mend.csv"));

        Assert.That(
            told.Output,
            Does.StartWith("sms_replies/r.csv: 1 rejected\n         1  mottaget: expected a time")
        );
        Assert.That(told.Output, Does.Not.Contain("secret-words"));
        Assert.That(written.Code, Is.Zero, written.Error);
        Assert.That(
            File.ReadAllText(_home.File("elsewhere", "mend.csv")),
            Is.EqualTo("reply_id;mottaget;contact_id;campaign;klass\nm2;4 March;k1;secret-words;ja\n")
        );
    }

    [Test]
    public void Rows_of_several_sources_are_not_written_into_one_file()
    {
        With("inbox/meta_leads/l.csv", "id,created_time,form_id\nl:1,2025-03-01T10:00:00Z,f:1\n");
        Leads("ingest");

        var (code, _, error) = Leads("rejects", "--out", _home.File("mend.csv"));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("rejected rows of meta_leads, sms_replies").And.Contain("--source"));
    }

    string With(string relative, string text)
    {
        var path = _home.File(relative.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    string[] Everything() =>
        [.. Directory.GetFileSystemEntries(_home.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    (int Code, string Output, string Error) Leads(params string[] arguments)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture),
            error = new(CultureInfo.InvariantCulture);
        var code = LeadsCommand.RunAsync([.. arguments, "--home", _home.Path], output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    static JsonElement Json((int Code, string Output, string Error) said) =>
        JsonDocument.Parse(said.Output).RootElement;
}
