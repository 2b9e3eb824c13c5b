using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

public class CellGuardTests
{
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+46701234567", "'+46701234567")]
    [TestCase("-2+3", "'-2+3")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1+1", "'=1+1")]
    [TestCase("\rtext", "'text")]
    [TestCase("  =1+1", "  '=1+1")]
    [TestCase("\"=1+1\"", "\"'=1+1\"")]
    [TestCase("\uFF1D1+1", "'\uFF1D1+1")]
    [TestCase("read 3 pages;=HYPERLINK(\"http://x\")", "read 3 pages;'=HYPERLINK(\"http://x\")")]
    [TestCase("a; -1;\" @x", "a; '-1;\" '@x")]
    [TestCase("a\n=1", "a =1")]
    [TestCase("a;\r\n=1", "a; '=1")]
    public void What_a_spreadsheet_could_run_is_made_text(string text, string guarded)
    {
        Assert.That(CellGuard.Guard(text), Is.EqualTo(guarded));
        Assert.That(CellGuard.Guard(guarded), Is.EqualTo(guarded), "guarding twice is guarding once");
    }

    [TestCase("")]
    [TestCase("0.0313")]
    [TestCase("2026-03-02")]
    [TestCase("k-10482")]
    [TestCase("named Boden in an answer; read 6 pages about it")]
    [TestCase("1 + 1 = 2, a-b, x@y")]
    public void Harmless_text_stays_as_it_is(string text) => Assert.That(CellGuard.Guard(text), Is.EqualTo(text));
}
