using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Tests.Steps;

namespace LeadScoring.Worker.Tests.Cli;

public sealed class ScreenTests
{
    [TestCase(false)]
    [TestCase(true, Description = "With --json lines go to standard error, and standard output holds one object")]
    public void A_long_step_has_a_plain_line_now_and_then(bool json)
    {
        var time = new PaceTests.Ticking();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var screen = new Screen(output, error, json, time);

        screen.Step(
            "ingest",
            progress =>
            {
                progress.Report(new(0.1, "reading a"));
                time.Pass(29);
                progress.Report(new(0.2, "reading b"));
                time.Pass(1);
                progress.Report(new(0.254, "reading c, 7 rows"));
                progress.Report(new(0.3, "reading d"));
                time.Pass(30);
                progress.Report(new(null, "tying"));
                return 1;
            },
            _ => "done"
        );

        var lines = (json ? error : output).ToString().Split('\n');
        Assert.That(lines[..2], Is.EqualTo(["ingest    25 % reading c, 7 rows", "ingest    tying"]));
        Assert.That(lines[2], Does.StartWith("ingest    done  ("));
        Assert.That((json ? output : error).ToString(), Is.Empty);
    }
}
