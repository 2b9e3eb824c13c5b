using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadScoring.Funnel.Policies;

/// <summary>The published JSON Schema (draft 2020-12) of policy files, for editors and for whoever generates them.</summary>
public static class PolicySchema
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="shared">For <c>default.json</c>, which names no municipality, instead of a municipality's file.</param>
    public static string Text(bool shared = false)
    {
        var schema = JsonNode.Parse(EmbeddedText.Of("policy.schema.json"))!.AsObject();
        if (shared)
        {
            schema["title"] = "Policy shared by all municipalities";
            schema["properties"]!.AsObject().Remove("municipality");
            schema.Remove("required");
        }
        return schema.ToJsonString(Readable);
    }
}

/// <summary>Texts embedded beside this code.</summary>
static class EmbeddedText
{
    public static string Of(string name)
    {
        var type = typeof(EmbeddedText);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
