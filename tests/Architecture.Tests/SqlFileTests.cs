using System.Text.RegularExpressions;

namespace LeadScoring.Architecture.Tests;

/// <summary>SQL lives in files of its own, says in its header what it means, and is written in lower case.</summary>
public sealed partial class SqlFileTests
{
    static readonly HashSet<string> Keywords = new(
        (
            "select from where join left right inner outer full cross on using group order by having limit offset union all "
            + "except intersect with recursive as case when then else end and or not in is null like between exists distinct "
            + "insert into values update set delete create table index view primary key unique references default check "
            + "conflict do nothing returning copy asc desc over partition rows cast filter true false"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    [Test]
    public void Every_sql_file_begins_with_a_header_that_says_what_it_means() =>
        Assert.That(
            Repository.Under("src/", ".sql").Where(file => !HasHeader(file.Text)).Select(file => file.Path),
            Is.Empty
        );

    [Test]
    public void Keywords_are_in_lower_case() =>
        Assert.That(Repository.Under("src/", ".sql").SelectMany(Shouting), Is.Empty);

    [TestCase("-- meaning: one row a contact\nselect 1", true)]
    [TestCase("\n-- One row a contact.\nselect 1", true)]
    [TestCase("select 1 -- at the end", false)]
    [TestCase("--\nselect 1", false)]
    [TestCase("", false)]
    public void A_missing_header_is_found(string sql, bool good) => Assert.That(HasHeader(sql), Is.EqualTo(good));

    [Test]
    public void A_shouted_keyword_is_found_with_its_line() =>
        Assert.That(
            Shouting(
                new TextFile("src/a.sql", "-- ALL of it\nselect 'FROM', \"Where\"\nFROM t /* AND\nmore */ where x")
            ),
            Is.EqualTo(new[] { "src/a.sql:3: FROM" })
        );

    static bool HasHeader(string sql)
    {
        var first = sql.TrimStart().Split('\n')[0];
        return first.StartsWith("--", StringComparison.Ordinal) && first.Any(char.IsLetter);
    }

    static IEnumerable<string> Shouting(TextFile file)
    {
        var bare = NotCode().Replace(file.Text, match => new string('\n', match.Value.Count(c => c == '\n')));
        return bare.Split('\n')
            .SelectMany((line, index) => Word().Matches(line).Select(word => (Line: index + 1, word.Value)))
            .Where(word => Keywords.Contains(word.Value) && word.Value.Any(char.IsUpper))
            .Select(word => file.At(word.Line, word.Value));
    }

    /// <summary>Comments, string literals and quoted names, all of which may be written in any case.</summary>
    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'[^']*'|""[^""]*""", RegexOptions.Singleline, 1000)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"\b[A-Za-z_]+\b", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
