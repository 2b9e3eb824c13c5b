using System.Text.Json.Nodes;

namespace LeadScoring.Funnel.Tests.Policies;

/// <summary>One place in a policy file of which the schema speaks.</summary>
/// <param name="Path">JSON path; in a list that of its first item.</param>
/// <param name="Steps">Names from the root, null for the first item of a list.</param>
sealed record SchemaPlace(string Path, IReadOnlyList<string?> Steps, JsonObject Schema);

/// <summary>Goes through a schema and makes files for each of its places.</summary>
sealed class SchemaWalk(string text)
{
    /// <summary>What has to stand beside a value, by the end of its path, for the two to go together.</summary>
    static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal)
    {
        ["$.weeklyFloor"] = """{ "weeklyCapacity": 1000 }""",
        ["$.absence[0].from"] = """{ "to": "2026-12-31" }""",
        ["$.absence[0].to"] = """{ "from": "2026-01-01" }""",
        ["$.caps.contact.per24h"] = """{ "per7d": 100, "per30d": 100 }""",
        ["$.caps.contact.per7d"] = """{ "per24h": 0, "per30d": 100 }""",
        ["$.caps.contact.per30d"] = """{ "per24h": 0, "per7d": 0 }""",
        ["$.caps.household.per24h"] = """{ "per7d": 100, "per30d": 100 }""",
        ["$.caps.household.per7d"] = """{ "per24h": 0, "per30d": 100 }""",
        ["$.caps.household.per30d"] = """{ "per24h": 0, "per7d": 0 }""",
    };

    readonly JsonObject _root = JsonNode.Parse(text)!.AsObject();

    public IEnumerable<SchemaPlace> Places() => Below("$", [], _root);

    public JsonObject Resolve(JsonNode schema) =>
        schema["$ref"] is { } to ? _root["$defs"]![((string)to!)["#/$defs/".Length..]]!.AsObject() : schema.AsObject();

    /// <summary>The smallest value the schema takes.</summary>
    public static JsonNode Example(JsonObject schema, SchemaWalk walk)
    {
        if (schema["examples"] is { } examples)
            return examples[0]!.DeepClone();
        if (schema["enum"] is { } words)
            return words[0]!.DeepClone();
        if (schema["minimum"] is { } least)
            return least.DeepClone();
        if (Is(schema, "boolean"))
            return true;
        if (schema["items"] is { } items)
            return new JsonArray(Example(walk.Resolve(items), walk));
        var value = new JsonObject();
        foreach (var name in schema["required"]?.AsArray() ?? [])
            value[(string)name!] = Example(walk.Resolve(schema["properties"]![(string)name!]!), walk);
        return value;
    }

    /// <summary>Two values that a leaf takes and that go together with all other defaults.</summary>
    public static IEnumerable<JsonNode> TwoValues(SchemaPlace place)
    {
        var schema = place.Schema;
        if (place.Path is "$.likelihood.desire.enter")
            return [7.5, 8.5];
        if (Is(schema, "boolean"))
            return [true, false];
        if (schema["examples"] is { } examples)
            return examples.AsArray().Select(e => e!.DeepClone());
        if (schema["enum"] is { } words)
            return words.AsArray().Take(2).Select(w => w!.DeepClone());
        var least = (double)schema["minimum"]!;
        return Is(schema, "integer") ? [(int)least + 7, (int)least + 8]
            : least + 2.2 < (double)schema["maximum"]! ? [least + 1.7, least + 1.8]
            : [0.3, 0.4];
    }

    /// <summary>A whole file that says this at the place, and around it only what must be there.</summary>
    public JsonObject Around(SchemaPlace place, JsonNode value)
    {
        var file = Inside(_root, place.Steps, value).AsObject();
        foreach (var (name, companion) in JsonNode.Parse(Beside.GetValueOrDefault(place.Path, "{}"))!.AsObject())
            place.Steps.SkipLast(1).Aggregate((JsonNode)file, (at, step) => step is null ? at[0]! : at[step]!)[name] =
                companion!.DeepClone();
        return file;
    }

    public static bool Is(JsonObject schema, string type) =>
        string.Equals((string)schema["type"]!, type, StringComparison.Ordinal);

    JsonNode Inside(JsonObject schema, IReadOnlyList<string?> steps, JsonNode value)
    {
        if (steps.Count == 0)
            return value;
        var rest = steps.Skip(1).ToList();
        if (steps[0] is not { } name)
            return new JsonArray(Inside(Resolve(schema["items"]!), rest, value));
        var around = Example(schema, this).AsObject();
        around[name] = Inside(Resolve(schema["properties"]![name]!), rest, value);
        return around;
    }

    IEnumerable<SchemaPlace> Below(string path, IReadOnlyList<string?> steps, JsonObject schema)
    {
        yield return new(path, steps, schema);
        foreach (var (name, of) in schema["properties"]?.AsObject() ?? [])
        foreach (var place in Below($"{path}.{name}", [.. steps, name], Resolve(of!)))
            yield return place;
        if (schema["items"] is { } items)
            foreach (var place in Below($"{path}[0]", [.. steps, null], Resolve(items)))
                yield return place;
    }
}
