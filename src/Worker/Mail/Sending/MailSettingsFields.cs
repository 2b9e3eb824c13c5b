using System.Globalization;
using System.Text.Json;
using MimeKit;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>The fields of one object of <c>mail.json</c>, each read and checked once.</summary>
sealed class MailSettingsFields(string file, string above, JsonElement of, List<string> faults)
{
    readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            return value.GetString()!.Trim();
        Wrong(name, value.GetRawText(), "words in quotes");
        return null;
    }

    public int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } value)
            return null;
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var whole)
            && whole >= least
            && whole <= most
        )
            return whole;
        Wrong(
            name,
            value.GetRawText(),
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}")
        );
        return null;
    }

    public Uri? Url(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
            return uri;
        Wrong(name, text, "an address such as https://moving.example.org");
        return null;
    }

    public string? Address(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (
            MailboxAddress.TryParse(text, out var parsed)
            && string.Equals(parsed.Address, text, StringComparison.Ordinal)
            && text.Contains('@', StringComparison.Ordinal)
        )
            return text;
        // An address is never repeated in a message, not even a wrong one.
        Wrong(name, "something else", "one bare e-mail address");
        return null;
    }

    /// <summary>A file named from the home, as a full path.</summary>
    public string? ExistingFile(string name, string home)
    {
        if (Text(name) is not { } text)
            return null;
        var path = Path.GetFullPath(text, home);
        if (System.IO.File.Exists(path))
            return path;
        Wrong(name, $"{text}, which is not there", "a file, named from the home");
        return null;
    }

    public T? Part<T>(string name, Func<MailSettingsFields, T> read)
        where T : class
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return read(new MailSettingsFields(file, $"{above}{name}.", value, faults));
        Wrong(name, value.GetRawText(), "an object in braces");
        return null;
    }

    public void Need(string name, string why)
    {
        if (of.ValueKind == JsonValueKind.Object && !of.TryGetProperty(name, out _))
            faults.Add($"{file} {above}{name}: missing, expected it because {why}; add it");
    }

    public void Wrong(string name, string found, string expected) =>
        faults.Add($"{file} {above}{name}: found {found}, expected {expected}; change it");

    public void NoOthers()
    {
        if (of.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{file}: found a {of.ValueKind}, expected an object in braces; mend it, or remove the file");
            return;
        }
        foreach (var property in of.EnumerateObject().Where(property => !_known.Contains(property.Name)))
            faults.Add(
                $"{file} {above}{property.Name}: unknown, expected one of "
                    + $"{string.Join(", ", _known.Order(StringComparer.Ordinal))}; remove or rename it"
            );
    }

    JsonElement? Find(string name)
    {
        _known.Add(name);
        return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;
    }
}
