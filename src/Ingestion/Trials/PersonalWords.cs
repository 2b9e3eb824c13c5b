using System.Text;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Trials;

/// <summary>Finds the words among some that are somebody's: a name, an address, a sentence.</summary>
static class PersonalWords
{
    const int LongestWord = 40;
    const int MostParts = 5;

    static readonly string[] _identity =
    [
        "mail",
        "post",
        "phone",
        "telefon",
        "mobil",
        "person",
        "contact",
        "kontakt",
        "address",
        "adress",
        "comment",
        "message",
        "kommentar",
        "meddelande",
        "note",
        "fname",
        "lname",
        "firstname",
        "lastname",
        "fullname",
        "namn",
        "user_id",
        "visitor",
        "member",
        "ip",
    ];

    /// <param name="words">Words that are about to be shown.</param>
    /// <param name="reader">The file from which they come, from its first record on.</param>
    /// <param name="source">Whose columns they are; in a built-in one <c>name</c> is that of an event.</param>
    public static IReadOnlySet<string> Among(IEnumerable<string> words, IRecordReader reader, Source source)
    {
        var shown = words.ToHashSet(StringComparer.Ordinal);
        var personal = shown.Where(IsSentence).ToHashSet(StringComparer.Ordinal);
        var texts = Enumerable
            .Range(0, reader.Columns.Count)
            .Where(column => reader.Columns[column].Kind == ColumnKind.Text)
            .Select(column => (Column: column, IsIdentity: IsIdentity(reader.Columns[column].Name, source)))
            .ToArray();
        while (shown.Count > personal.Count && reader.Next())
        {
            foreach (var (column, isIdentity) in texts)
            {
                var field = reader.Field(column);
                if (!isIdentity && !field.Contains((byte)'@'))
                    continue;
                var text = Encoding.UTF8.GetString(field).Trim();
                if (shown.Contains(text))
                    personal.Add(text);
                if (shown.Contains(Word(text)))
                    personal.Add(Word(text));
                if (shown.Contains(text.ToLowerInvariant()))
                    personal.Add(text.ToLowerInvariant());
            }
        }
        return personal;
    }

    /// <summary>Whether a column of this name holds who somebody is, or what somebody wrote.</summary>
    static bool IsIdentity(string column, Source source)
    {
        var plain = column.ToLowerInvariant();
        return Array.Exists(
                _identity,
                part =>
                    part.Length > 2
                        ? plain.Contains(part, StringComparison.Ordinal)
                        : plain.Split('_', ' ', '-', '.').Contains(part, StringComparer.Ordinal)
            )
            || (plain is "name" && !source.IsBuiltIn)
            || plain is "first name" or "last name" or "full_name" or "full name" or "first_name" or "last_name";
    }

    static bool IsSentence(string word) =>
        word.Length > LongestWord
        || word.Split('_', ' ').Length > MostParts
        || word.Contains('@', StringComparison.Ordinal);

    /// <summary>As the lake writes a word; see <c>word</c> in Vocabulary.sql.</summary>
    static string Word(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
                word.Append(letter);
            else if (word.Length > 0 && word[^1] != '_')
                word.Append('_');
        }
        return word.ToString().Trim('_');
    }
}
