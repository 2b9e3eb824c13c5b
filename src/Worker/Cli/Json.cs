using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Cli;

/// <summary>The one way results are written as JSON: camel case, å readable, NaN as null, a contact as its id.</summary>
public static class Json
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteOrNull(), new Named() },
    };

    static readonly JsonSerializerOptions Narrow = new(Options) { WriteIndented = false };

    /// <summary>The same on one line.</summary>
    public static string Line(object value) => JsonSerializer.Serialize(value, Narrow);

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>JSON has no NaN: what cannot be computed is null.</summary>
    sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }

    sealed class Named : JsonConverter<ContactId>
    {
        public override ContactId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, ContactId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
