using System.Text.RegularExpressions;

namespace LeadScoring.Architecture.Tests;

/// <summary>A page that points to another file of the repository points to one that is there.</summary>
public sealed partial class LinkTests
{
    [Test]
    public void Links_between_pages_lead_somewhere() =>
        Assert.That(Repository.Under("", ".md").SelectMany(page => Broken(page, Repository.Exists)), Is.Empty);

    [Test]
    public void A_link_to_nowhere_is_found() =>
        Assert.That(
            Broken(
                new TextFile(
                    "docs/a.md",
                    "[one](b.md)\n[two](../README.md#way) [web](https://example.org) [here](#top)\n[three](c.md)"
                ),
                path => path is "docs/b.md" or "README.md"
            ),
            Is.EqualTo(new[] { "docs/a.md:3: c.md" })
        );

    static IEnumerable<string> Broken(TextFile page, Func<string, bool> exists) =>
        page.Lines.SelectMany(
            (line, index) =>
                Link()
                    .Matches(line)
                    .Select(match => match.Groups["target"].Value)
                    .Where(target => !exists(Resolve(page.Path, target)))
                    .Select(target => page.At(index + 1, target))
        );

    static string Resolve(string page, string target)
    {
        var root = Path.GetFullPath(Path.DirectorySeparatorChar.ToString());
        var path = Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(page) ?? "", target));
        return Path.GetRelativePath(root, path).Replace('\\', '/');
    }

    /// <summary>Addresses with a scheme and anchors on the same page are not links between files.</summary>
    [GeneratedRegex(@"\]\((?<target>(?![a-z]+:|#)[^)#\s]+)(#[^)\s]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
