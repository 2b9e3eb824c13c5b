using System.Globalization;
using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>The demo goes the whole way, and its report opens in a browser.</summary>
public sealed class DemoTests
{
    readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("leads-e2e-").FullName, "demo");
    Said _said = new(-1, "", "");

    [OneTimeSetUp]
    public void RunDemo() => _said = Leads.Run("demo", "--json", "--out", _folder);

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Test]
    public void It_ends_well_and_tells_every_step_with_its_counts_and_time()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_said.ExitCode, Is.Zero, _said.Error);
            foreach (var step in (string[])["ingest", "train", "read", "score", "funnel", "export"])
            {
                Assert.That(_said.Error, Does.Match($@"(?m)^{step} +.*\d.*\(\d+\.\d s\)$"));
                Assert.That(_said.Json.GetProperty("seconds").GetProperty(step).GetDouble(), Is.GreaterThan(0), step);
            }
        }
    }

    [Test]
    public void Its_json_names_home_day_counts_and_every_trace_is_accounted_for()
    {
        var json = _said.Json;
        var traces = json.GetProperty("traces");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.GetProperty("home").GetString(), Is.EqualTo(_folder));
            Assert.That(json.GetProperty("asOf").GetString(), Is.EqualTo(SampleHome.AsOf));
            Assert.That(json.GetProperty("contacts").GetInt32(), Is.EqualTo(2_000));
            Assert.That(
                traces.GetProperty("read").GetInt64(),
                Is.EqualTo(
                    traces.GetProperty("accepted").GetInt64()
                        + traces.GetProperty("rejected").GetInt64()
                        + traces.GetProperty("duplicate").GetInt64()
                )
            );
            Assert.That(traces.GetProperty("accepted").GetInt64(), Is.GreaterThan(100_000));
            Assert.That(json.GetProperty("features").GetInt32(), Is.GreaterThanOrEqualTo(100));
            Assert.That(
                json.GetProperty("scored").GetInt32() + json.GetProperty("withoutConsent").GetInt32(),
                Is.InRange(1_000, 2_000)
            );
            Assert.That(json.GetProperty("moved").GetInt32(), Is.EqualTo(json.GetProperty("scored").GetInt32()));
            Assert.That(json.GetProperty("followUps").GetInt32(), Is.Positive);
        }
    }

    [Test]
    public void Its_model_has_figures_that_hang_together()
    {
        var model = _said.Json.GetProperty("model");
        var auc = model.GetProperty("auc").GetDouble();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Directory.Exists(Path.Combine(_folder, "models", model.GetProperty("id").GetString()!)),
                "the model is in the registry"
            );
            Assert.That(auc, Is.InRange(0.5, 0.95));
            Assert.That(model.GetProperty("aucLow").GetDouble(), Is.LessThan(auc));
            Assert.That(model.GetProperty("aucHigh").GetDouble(), Is.GreaterThan(auc));
            Assert.That(model.GetProperty("ece").GetDouble(), Is.InRange(0, 0.02));
            Assert.That(model.GetProperty("baselineAuc").GetDouble(), Is.InRange(0.4, 0.95));
        }
    }

    [Test]
    public void It_names_fourteen_lists_and_each_file_holds_its_leads_below_a_header()
    {
        var lists = _said.Json.GetProperty("lists").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                lists.Select(list => list.GetProperty("municipality").GetString()).Distinct().Count(),
                Is.EqualTo(14)
            );
            foreach (var list in lists)
            {
                var lines = File.ReadAllLines(list.GetProperty("path").GetString()!);
                Assert.That(lines, Has.Length.EqualTo(list.GetProperty("leads").GetInt32() + 1));
                Assert.That(lines[0], Does.StartWith("rank,contact,likelihood,low,high,grade,stage,origin,reason_1"));
                Assert.That(
                    lines.Skip(1).Select(line => line.Split(',')[0]),
                    Is.EqualTo(
                        Enumerable.Range(1, lines.Length - 1).Select(r => r.ToString(CultureInfo.InvariantCulture))
                    )
                );
            }
        }
    }

    [Test, CancelAfter(180_000)]
    public async Task Its_report_opens_in_a_browser_and_says_what_the_evaluation_says()
    {
        var report = _said.Json.GetProperty("report").GetString()!;
        using var evaluation = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(report)!, "evaluation.json"))
        );
        await using var page = await ReportInBrowser.Open(report);
        var title = await page.Page.TitleAsync();
        var text = await page.Page.InnerTextAsync("body");
        var (wide, narrow) = await page.LookAt("report");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(title, Does.Contain(_said.Json.GetProperty("model").GetProperty("id").GetString()!));
            Assert.That(text, Does.Contain(evaluation.RootElement.GetProperty("verdict").GetString()!).IgnoreCase);
            Assert.That(
                text,
                Does.Contain(
                    evaluation
                        .RootElement.GetProperty("auc")
                        .GetDouble()
                        .ToString("0.000", CultureInfo.InvariantCulture)
                )
            );
            Assert.That(page.Complaints, Is.Empty, "console errors");
            Assert.That(page.Requests, Is.EqualTo([new Uri(report).AbsoluteUri]), "nothing but the file is asked for");
            Assert.That(wide, Is.Zero, "pixels to scroll sideways at 1280");
            Assert.That(narrow, Is.Zero, "pixels to scroll sideways at 390");
        }
    }
}
