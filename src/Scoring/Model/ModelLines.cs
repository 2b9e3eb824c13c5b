using System.Globalization;
using System.Text;

namespace LeadScoring.Scoring.Model;

/// <summary>The lines of a model file, read one after another, with where each begins.</summary>
sealed class ModelLines
{
    readonly string _file;
    readonly List<string> _lines = [];
    readonly List<int> _starts = [];
    int _next;

    public ModelLines(byte[] bytes, string file)
    {
        _file = file;
        var from = 0;
        while (from < bytes.Length)
        {
            var length = bytes.AsSpan(from).IndexOf((byte)'\n');
            var until = length < 0 ? bytes.Length : from + length;
            _starts.Add(from);
            _lines.Add(Encoding.UTF8.GetString(bytes, from, until - from));
            from = until + 1;
        }
        _starts.Add(bytes.Length);
        if (_lines.Count > 0 && _lines[0].EndsWith('\r'))
            throw Error(1, "line ends in CR LF", "LF only; copy the file without converting line ends");
    }

    /// <summary>Number of the line that <see cref="Next"/> gave last; the first is 1.</summary>
    public int Number => _next;

    /// <summary>Bytes before the line that <see cref="Next"/> will give.</summary>
    public int Position => _starts[_next];

    public bool AtEnd => _next >= _lines.Count;

    public string Peek => AtEnd ? "" : _lines[_next];

    public string Next(string expected)
    {
        if (AtEnd)
            throw Error(_lines.Count + 1, "the file ends", expected + "; it was cut off: copy it again or retrain");
        return _lines[_next++];
    }

    public void SkipBlank()
    {
        while (!AtEnd && _lines[_next].Length == 0)
            _next++;
    }

    /// <summary>The next <c>key=value</c> line.</summary>
    public (string Key, string Value, int Line) Pair()
    {
        var line = Next("key=value");
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw Error(_next, $"is '{Short(line)}'", "key=value");
        return (line[..equals], line[(equals + 1)..], _next);
    }

    public ScoringException Error(int line, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_file} line {line}: {found}, expected {expected}."));

    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
