using System.Globalization;
using System.Text;
using LeadScoring.Scoring.Model;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>An own export with an own kind of trace needs one <c>.sql</c> file and no C#.</summary>
public sealed class OwnSourceTests
{
    const string Source = """
        -- source: webinars
        -- meaning: who sat in one of our webinars about the north, one row an attendance
        -- yields: traces
        -- grain: one attendance
        -- columns:
        --   attendance  text required
        --   person      text required
        --   joined      timestamp required format '%d.%m.%Y %H:%M' zone Europe/Stockholm
        --   topic       text
        --   minutes     integer
        -- identity: attendance
        select
          attendance as trace_id,
          person as contact,
          joined as "at",
          'webinar' as kind,
          topic as theme,
          minutes as value
        from raw
        """;

    [Test]
    public void Its_kind_becomes_features_of_the_trained_model()
    {
        using var home = FinishedRun.Home.Twin();
        Directory.CreateDirectory(Path.Combine(home.Path, "sources"));
        Directory.CreateDirectory(Path.Combine(home.Path, "inbox", "webinars"));
        File.WriteAllText(Path.Combine(home.Path, "sources", "webinars.sql"), Source);
        File.WriteAllText(Path.Combine(home.Path, "inbox", "webinars", "2025.csv"), Attendances(out var rows));

        var ingested = Leads.Here("ingest", "--home", home.Path, "--json");
        var trained = Leads.Here("train", "--as-of", SampleHome.AsOf, "--promote", "--home", home.Path, "--json");
        var run = Leads.Here("run", "--as-of", SampleHome.AsOf, "--home", home.Path, "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ingested.ExitCode, Is.Zero, ingested.Error);
            Assert.That(ingested.Json.GetProperty("accepted").GetInt64(), Is.EqualTo(rows));
            Assert.That(ingested.Json.GetProperty("rejected").GetInt64(), Is.Zero);
            Assert.That(trained.ExitCode, Is.Zero, trained.Error);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
        }
        var id = trained.Json.GetProperty("model").GetProperty("id").GetString()!;
        var model = new ModelRegistry(Path.Combine(home.Path, "models")).Load(id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                model.Trees.Features.Select(feature => feature.Name),
                Does.Contain("count.kind.webinar.30d")
                    .And.Contain("recency.kind.webinar")
                    .And.Contain("last.kind.webinar")
            );
            Assert.That(run.Json.GetProperty("model").GetProperty("id").GetString(), Is.EqualTo(id));
            Assert.That(
                run.Json.GetProperty("features").GetInt32(),
                Is.GreaterThan(FinishedRun.Summary.GetProperty("features").GetInt32())
            );
        }
    }

    /// <summary>Every third contact sits in three webinars in the course of 2025.</summary>
    static string Attendances(out int rows)
    {
        var chance = new Random(11);
        var text = new StringBuilder("attendance,person,joined,topic,minutes\n");
        rows = 0;
        for (var contact = 3; contact <= 2_000; contact += 3)
        {
            for (var i = 0; i < 3; i++)
            {
                var joined = new DateTime(2025, 1, 1, 18, 0, 0, DateTimeKind.Unspecified).AddDays(chance.Next(365));
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"a{contact}-{i},c{contact:000000},{joined:dd.MM.yyyy HH:mm},housing,{chance.Next(5, 60)}\n"
                );
                rows++;
            }
        }
        return text.ToString();
    }
}
