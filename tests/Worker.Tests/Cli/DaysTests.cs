using System.CommandLine;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Tests.Cli;

public sealed class DaysTests
{
    [Test]
    public void A_day_is_year_month_day() => Assert.That(Parse("2026-05-01").Day, Is.EqualTo(new DateOnly(2026, 5, 1)));

    [TestCase("2026-5-1")]
    [TestCase("01/05/2026")]
    [TestCase("2026-02-30")]
    [TestCase("today")]
    [TestCase("2026-05-01T00:00")]
    public void Anything_else_is_refused_with_what_was_found_and_expected(string text)
    {
        var (_, errors) = Parse(text);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Does.Contain($"'{text}'").And.Contain("yyyy-mm-dd"));
    }

    static (DateOnly? Day, List<string> Errors) Parse(string text)
    {
        Option<DateOnly?> option = new("--as-of") { CustomParser = result => Days.Parse(result) };
        var asked = new RootCommand { option }.Parse(["--as-of", text]);
        var errors = asked.Errors.Select(problem => problem.Message).ToList();
        return (errors.Count == 0 ? asked.GetValue(option) : null, errors);
    }
}
