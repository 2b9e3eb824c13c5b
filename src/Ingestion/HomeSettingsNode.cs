using System.Text;
using System.Text.Json;

namespace LeadScoring.Ingestion;

/// <summary>A value of a JSON file that knows where it stands, so that an error can say so.</summary>
/// <param name="Path">As in <c>$.label.positive[0]</c>.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Kind">What it is; objects and arrays are their start tokens.</param>
/// <param name="Text">A string's content, or a number or literal as written.</param>
sealed record SettingNode(string Path, int Line, JsonTokenType Kind, string Text)
{
    public List<(string Name, SettingNode Node)> Members { get; } = [];
    public List<SettingNode> Items { get; } = [];

    /// <summary>What stands there, for an error.</summary>
    public string Shown =>
        Kind switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => $"'{Text}'",
            _ => Text,
        };

    /// <summary>The same as the end of a sentence.</summary>
    public string Found => $"is {Shown}";

    /// <summary>Reads a document; comments and trailing commas are allowed.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static SettingNode Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var reader = new Utf8JsonReader(utf8, options);
        reader.Read();
        var root = ReadNode(ref reader, utf8, "$");
        while (reader.Read())
        {
            // what follows the root can only be comments; anything else throws
        }
        return root;
    }

    static SettingNode ReadNode(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string path)
    {
        var line = 1 + utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString() ?? "",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };
        var node = new SettingNode(path, line, reader.TokenType, text);
        if (node.Kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString() ?? "";
                reader.Read();
                node.Members.Add((name, ReadNode(ref reader, utf8, $"{path}.{name}")));
            }
        }
        if (node.Kind == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                node.Items.Add(ReadNode(ref reader, utf8, $"{path}[{node.Items.Count}]"));
        }
        return node;
    }
}
