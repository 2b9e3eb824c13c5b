using System.CommandLine;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Tests.Cli;

public sealed class WaitsTests
{
    [TestCase("0", 0)]
    [TestCase("90", 90)]
    [TestCase("86400", 86_400)]
    public void A_wait_is_whole_seconds(string text, int seconds) =>
        Assert.That(Parse(text), Is.EqualTo((TimeSpan.FromSeconds(seconds), "")));

    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("86401")]
    [TestCase("soon")]
    public void Anything_else_is_refused_with_what_was_found_and_expected(string text) =>
        Assert.That(Parse(text).Error, Does.Contain($"'{text}'").And.Contain("whole seconds from 0 to 86400"));

    static (TimeSpan Wait, string Error) Parse(string text)
    {
        Option<TimeSpan> option = new("--wait") { CustomParser = Waits.Parse };
        var asked = new RootCommand { option }.Parse([$"--wait={text}"]);
        var error = string.Join('\n', asked.Errors.Select(problem => problem.Message));
        return (error.Length == 0 ? asked.GetValue(option) : default, error);
    }
}
