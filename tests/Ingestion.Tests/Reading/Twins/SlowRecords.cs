using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading.Twins;

/// <summary>The slow twin of the record scanner: the same rules, letter by letter, on the whole text at once.</summary>
/// <param name="takesBlankLines">Whether a line with nothing in it is a record.</param>
sealed class SlowRecords(string text, char delimiter, bool takesBlankLines)
{
    int _at;
    int _line = 1;

    /// <summary>One line a record: <c>first line: field|field, marks</c>; at the end <c>open</c> or <c>swallowed</c> where it breaks off.</summary>
    public static List<string> Of(string text, char delimiter, bool takesBlankLines = false) =>
        new SlowRecords(text, delimiter, takesBlankLines).All();

    List<string> All()
    {
        var records = new List<string>();
        while (_at < text.Length)
        {
            if (text[_at] is '\r' or '\n')
            {
                if (takesBlankLines)
                    records.Add($"{_line}: ");
                StepOverBreak();
                continue;
            }
            var record = Record();
            records.Add(record);
            if (record is "open" or "swallowed")
                break;
        }
        return records;
    }

    string Record()
    {
        var (fields, first, isBehind, isLoose) = (new List<string>(), _line, false, false);
        while (true)
        {
            if (_at < text.Length && text[_at] == '"')
            {
                var opened = _line;
                if (Quoted() is not { } field)
                    return "open";
                fields.Add(field);
                if (_at < text.Length && text[_at] != delimiter && text[_at] is not ('\r' or '\n'))
                {
                    if (_line > opened)
                        return "swallowed";
                    isBehind = true;
                    Plain();
                }
            }
            else
            {
                fields.Add(Plain());
                isLoose |= fields[^1].Contains('"', StringComparison.Ordinal);
            }
            if (_at == text.Length || text[_at] != delimiter)
                break;
            _at++;
        }
        var isCutOff = _at == text.Length;
        if (isCutOff)
            _line++;
        else
            StepOverBreak();
        return $"{first}: {string.Join('|', fields)}"
            + $"{(isBehind ? " text after quote" : "")}{(isLoose ? " loose quote" : "")}{(isCutOff ? " cut off" : "")}";
    }

    string? Quoted()
    {
        var field = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '"')
            {
                if (_at + 1 == text.Length || text[_at + 1] != '"')
                {
                    _at++;
                    return field.ToString();
                }
                _at++;
            }
            else if (text[_at] == '\n' || (text[_at] == '\r' && (_at + 1 == text.Length || text[_at + 1] != '\n')))
            {
                _line++;
            }
            field.Append(text[_at]);
        }
        return null;
    }

    string Plain()
    {
        var from = _at;
        while (_at < text.Length && text[_at] != delimiter && text[_at] is not ('\r' or '\n'))
            _at++;
        return text[from.._at];
    }

    void StepOverBreak()
    {
        _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
        _line++;
    }
}
