using System.Globalization;
using System.Text;

namespace LeadScoring.Scoring.Model;

/// <summary>The lines of a model file, read one after another, with where each begins.</summary>
sealed class ModelLines
{
    readonly string _file;
    readonly List<string> _lines = [];
    readonly List<int> _starts = [];
    readonly bool _lastIsWhole;
    int _next;

    public ModelLines(byte[] bytes, string file)
    {
        _file = file;
        bytes = WithoutCarriageReturns(bytes);
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
        _lastIsWhole = bytes is [.., (byte)'\n'];
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

    /// <summary>The next line, which must end as lines do: the last one of a file that was cut off does not.</summary>
    public string NextWhole(string expected)
    {
        var line = Next(expected);
        if (AtEnd && !_lastIsWhole)
            throw Error(
                _next,
                $"the file ends in '{Short(line)}'",
                "a line end; it was cut off: copy it again or retrain"
            );
        return line;
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

    /// <summary>A file whose first line ends in CR LF was converted on the way; its sizes are those before.</summary>
    static byte[] WithoutCarriageReturns(byte[] bytes)
    {
        var first = bytes.AsSpan().IndexOf((byte)'\n');
        if (first <= 0 || bytes[first - 1] != '\r')
            return bytes;
        var kept = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] != '\r' || i + 1 == bytes.Length || bytes[i + 1] != '\n')
                kept.Add(bytes[i]);
        return [.. kept];
    }

    public ScoringException Error(int line, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_file} line {line}: {found}, expected {expected}."));

    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
