using System.Text;
using System.Text.Json;

namespace LeadScoring.Funnel.Policies;

/// <summary>A JSON value that knows where it stands, which <see cref="JsonDocument"/> does not tell.</summary>
/// <param name="Path">JSON path from the root <c>$</c>.</param>
/// <param name="Line">Line on which it begins, counted from 1.</param>
/// <param name="Text">A string's content or a number's digits.</param>
/// <param name="Members">Of an object, in file order; a repeated name stays repeated.</param>
/// <param name="Items">Of an array.</param>
sealed record JsonPart(
    string Path,
    int Line,
    JsonValueKind Kind,
    string Text,
    IReadOnlyList<(string Name, JsonPart Part)> Members,
    IReadOnlyList<JsonPart> Items
)
{
    /// <exception cref="JsonException">The text is no JSON; line and place are in it, counted from 0.</exception>
    public static JsonPart Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        reader.Read();
        var root = Read(ref reader, bytes, "$");
        while (reader.Read()) { }
        return root;
    }

    /// <summary>What was found, for an error.</summary>
    public string Shown =>
        Kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"'{Text}'",
            JsonValueKind.Null => "null",
            _ => Text,
        };

    static JsonPart Read(ref Utf8JsonReader reader, byte[] bytes, string path)
    {
        var line = 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        List<(string, JsonPart)> members = [];
        List<JsonPart> items = [];
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add((name, Read(ref reader, bytes, $"{path}.{name}")));
                }
                return new(path, line, JsonValueKind.Object, "", members, items);
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader, bytes, $"{path}[{items.Count}]"));
                return new(path, line, JsonValueKind.Array, "", members, items);
            case JsonTokenType.String:
                return new(path, line, JsonValueKind.String, reader.GetString()!, members, items);
            case JsonTokenType.Number:
                return new(path, line, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), members, items);
            case JsonTokenType.True or JsonTokenType.False:
                var word = reader.TokenType == JsonTokenType.True ? "true" : "false";
                return new(path, line, JsonValueKind.True, word, members, items);
            default:
                return new(path, line, JsonValueKind.Null, "null", members, items);
        }
    }
}
