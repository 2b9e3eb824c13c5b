using System.Globalization;
using System.Text.Json;

namespace LeadScoring.Funnel.Policies;

/// <summary>
/// Reads the fields of one JSON object: a field that is absent takes the value of the basis, a faulty one is noted and
/// takes it too, so that reading goes on and all faults are found.
/// </summary>
sealed class PolicyFields
{
    readonly string _file;
    readonly JsonPart? _part;
    readonly JsonPart _owner;
    readonly List<PolicyFault> _faults;
    readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <param name="part">The object, null when the file leaves it out.</param>
    /// <param name="owner">The nearest object that is there, for the line of a fault.</param>
    public PolicyFields(string file, JsonPart? part, JsonPart owner, List<PolicyFault> faults)
    {
        (_file, _owner, _faults) = (file, part ?? owner, faults);
        if (part is { Kind: not JsonValueKind.Object })
            Fault(part, "an object in braces, such as { \"name\": value }");
        else
            _part = part;
    }

    /// <summary>The object itself, null when the file leaves it out.</summary>
    public JsonPart? Part => _part;

    public PolicyFields Child(string name) => new(_file, Find(name), _owner, _faults);

    public double Number(string name, double? basis, double least, double most)
    {
        if (Find(name) is not { } value)
            return basis ?? Missing<double>(name);
        if (
            value.Kind == JsonValueKind.Number
            && double.Parse(value.Text, CultureInfo.InvariantCulture) is var number
            && number >= least
            && number <= most
        )
            return number;
        Fault(value, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return basis ?? least;
    }

    public int Whole(string name, int? basis, int least, int most)
    {
        if (Find(name) is not { } value)
            return basis ?? Missing<int>(name);
        if (
            value.Kind == JsonValueKind.Number
            && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
            return number;
        Fault(value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return basis ?? least;
    }

    public bool Flag(string name, bool? basis)
    {
        if (Find(name) is not { } value)
            return basis ?? Missing<bool>(name);
        if (value.Kind == JsonValueKind.True)
            return value.Text.Equals("true", StringComparison.Ordinal);
        Fault(value, "true or false");
        return basis ?? false;
    }

    /// <summary>A day as yyyy-mm-dd.</summary>
    public DateOnly? Day(string name) => Find(name) is { } value ? Day(value) : Missing<DateOnly?>(name);

    public DateOnly? Day(JsonPart value)
    {
        if (
            value.Kind == JsonValueKind.String
            && DateOnly.TryParseExact(
                value.Text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            return day;
        Fault(value, "a day as yyyy-mm-dd, such as '2026-07-06'");
        return null;
    }

    /// <summary>A local time of day as HH:mm.</summary>
    public TimeOnly Clock(string name, TimeOnly? basis)
    {
        if (Find(name) is not { } value)
            return basis ?? Missing<TimeOnly>(name);
        if (
            value.Kind == JsonValueKind.String
            && TimeOnly.TryParseExact(
                value.Text,
                "HH:mm",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
        )
            return time;
        Fault(value, "a time from '00:00' to '23:59'");
        return basis ?? default;
    }

    /// <summary>A text that may be left out and then stays the basis.</summary>
    public string? Text(string name, string? basis, Predicate<string> test, string expected)
    {
        if (Find(name) is not { } value)
            return basis;
        if (value.Kind == JsonValueKind.String && test(value.Text))
            return value.Text;
        Fault(value, expected);
        return basis;
    }

    /// <summary>The list's items, each read by <paramref name="read"/> (which notes what is wrong and gives null).</summary>
    public IReadOnlyList<T> List<T>(string name, IReadOnlyList<T>? basis, int most, Func<JsonPart, T?> read)
        where T : struct
    {
        if (Find(name) is not { } value)
            return basis ?? Missing<IReadOnlyList<T>>(name) ?? [];
        if (value.Kind == JsonValueKind.Array && value.Items.Count <= most)
            return [.. value.Items.Select(read).OfType<T>()];
        Fault(value, $"a list of at most {most} in brackets, such as [ ... ]");
        return basis ?? [];
    }

    /// <summary>The fields of another object of the same file.</summary>
    public PolicyFields Of(JsonPart other) => new(_file, other, _owner, _faults);

    /// <summary>One of the enum's names in lower case; null, noted, when it is none.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Find(name) is { } value)
            return Word<T>(value);
        Missing<T>(name);
        return null;
    }

    /// <summary>The same of a value in hand.</summary>
    public T? Word<T>(JsonPart value)
        where T : struct, Enum
    {
        foreach (var word in Enum.GetValues<T>())
            if (
                value.Kind == JsonValueKind.String
                && $"{word}".ToLowerInvariant().Equals(value.Text, StringComparison.Ordinal)
            )
                return word;
        Fault(value, $"one of {string.Join(", ", Enum.GetNames<T>().Select(n => $"'{n.ToLowerInvariant()}'"))}");
        return null;
    }

    /// <summary>The same where the basis stands in for one left out.</summary>
    public T Word<T>(string name, T? basis)
        where T : struct, Enum =>
        Find(name) is { } value ? Word<T>(value) ?? basis ?? default : basis ?? Missing<T>(name);

    /// <summary>A list of at least one text, each passing the test.</summary>
    public IReadOnlyList<string> Words(
        string name,
        IReadOnlyList<string>? basis,
        Predicate<string> test,
        string example
    )
    {
        if (Find(name) is not { } value)
            return basis ?? Missing<IReadOnlyList<string>>(name) ?? [];
        var wrong = value.Items.Where(i => i.Kind != JsonValueKind.String || !test(i.Text)).ToList();
        foreach (var item in wrong)
            Fault(item, $"a text such as {example}");
        if (value.Kind != JsonValueKind.Array || value.Items.Count == 0)
            Fault(value, $"a list of texts such as [{example}]");
        return [.. value.Items.Except(wrong).Select(i => i.Text)];
    }

    /// <summary>Notes values that are each fine but not together.</summary>
    public void Refuse(JsonPart at, FormattableString found, string expected) =>
        _faults.Add(
            new(
                _file,
                at.Line,
                at.Path,
                $"found that {FormattableString.Invariant(found)}, expected {expected}; change one"
            )
        );

    public void Fault(JsonPart at, string expected) =>
        _faults.Add(new(_file, at.Line, at.Path, $"found {at.Shown}, expected {expected}"));

    /// <summary>The value, marked as known; a repeated name is a fault.</summary>
    public JsonPart? Find(string name)
    {
        _known.Add(name);
        JsonPart? found = null;
        foreach (var (_, value) in Members().Where(m => string.Equals(m.Name, name, StringComparison.Ordinal)))
        {
            if (found is not null)
                _faults.Add(
                    new(_file, value.Line, value.Path, $"found {name} a second time, expected it once; remove one")
                );
            found ??= value;
        }
        return found;
    }

    /// <summary>Every name that nobody asked for is a fault: a misspelt field must not silently do nothing.</summary>
    public void RefuseUnknown()
    {
        foreach (var (name, value) in Members().Where(m => !_known.Contains(m.Name)))
            _faults.Add(
                new(
                    _file,
                    value.Line,
                    value.Path,
                    $"found an unknown field, expected one of {string.Join(", ", _known)}; correct or remove it"
                )
            );
    }

    T? Missing<T>(string name)
    {
        _faults.Add(new(_file, _owner.Line, _owner.Path, $"found no {name}, expected it here; add it"));
        return default;
    }

    IReadOnlyList<(string Name, JsonPart Part)> Members() => _part?.Members ?? [];
}
