using System.Text.Json.Nodes;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Tests.Policies;

/// <summary>Holds the published schema against the reader: names, ranges and what must be there, place by place.</summary>
sealed class PolicySchemaTests
{
    static readonly SchemaWalk Walk = new(PolicySchema.Text());
    static readonly IReadOnlyList<SchemaPlace> Places = [.. Walk.Places()];

    static IEnumerable<string> Paths(Func<JsonObject, bool> which) =>
        Places.Where(p => which(p.Schema)).Select(p => p.Path);

    static IEnumerable<string> Objects() => Paths(s => s.ContainsKey("properties"));

    static IEnumerable<string> Numbers() => Paths(s => s.ContainsKey("minimum"));

    static IEnumerable<string> Lists() => Paths(s => s.ContainsKey("items"));

    static IEnumerable<string> Texts() => Paths(s => s.ContainsKey("examples"));

    static IEnumerable<string> Leaves() => Paths(s => !s.ContainsKey("properties") && !s.ContainsKey("items"));

    [Test]
    public void The_schema_is_not_empty() => Assert.That(Places, Has.Count.GreaterThan(80));

    [TestCaseSource(nameof(Objects))]
    public void An_object_has_the_names_that_the_reader_knows(string path)
    {
        var place = Place(path);
        var value = SchemaWalk.Example(place.Schema, Walk).AsObject();
        value["misspelt"] = 1;
        var fault = Faults(place, value).Single(f => IsAt(f.Path, $"{path}.misspelt"));

        var known = fault.Message.Split("expected one of ")[1].Split(';')[0].Split(", ");
        Assert.That(known, Is.EquivalentTo(place.Schema["properties"]!.AsObject().Select(p => p.Key)));
        Assert.That((bool)place.Schema["additionalProperties"]!, Is.False);
    }

    [TestCaseSource(nameof(Objects))]
    public void What_must_be_there_is_missed_and_nothing_else(string path)
    {
        var place = Place(path);
        var required = place.Schema["required"]?.AsArray().Select(r => (string)r!).ToList() ?? [];
        var missed = Faults(place, new JsonObject())
            .Where(f => IsAt(f.Path, path) && f.Message.StartsWith("found no ", StringComparison.Ordinal))
            .Select(f => f.Message["found no ".Length..].Split(',')[0]);

        Assert.That(missed, Is.EquivalentTo(required));
    }

    [TestCaseSource(nameof(Numbers))]
    public void A_number_s_range_is_the_reader_s(string path)
    {
        var place = Place(path);
        var whole = SchemaWalk.Is(place.Schema, "integer");
        var (least, most) = ((double)place.Schema["minimum"]!, (double)place.Schema["maximum"]!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsTaken(place, Number(least)), Is.True, "least");
            Assert.That(IsTaken(place, Number(most)), Is.True, "most");
            Assert.That(IsTaken(place, Number(least - (whole ? 1 : 0.001))), Is.False, "below");
            Assert.That(IsTaken(place, Number(most + (whole ? 1 : 0.001))), Is.False, "above");
            Assert.That(IsTaken(place, "3"), Is.False, "a text");
            Assert.That(
                IsTaken(place, least + 0.5 > most ? least + 0.01 : least + 0.5),
                Is.EqualTo(!whole),
                "a fraction"
            );
        }
    }

    [TestCaseSource(nameof(Texts))]
    public void A_text_s_examples_are_taken_and_another_is_not(string path)
    {
        var place = Place(path);
        using (Assert.EnterMultipleScope())
        {
            foreach (var example in place.Schema["examples"]!.AsArray())
                Assert.That(IsTaken(place, example!.DeepClone()), Is.True, $"{example}");
            foreach (var word in place.Schema["enum"]?.AsArray() ?? [])
                Assert.That(IsTaken(place, word!.DeepClone()), Is.True, $"{word}");
            Assert.That(IsTaken(place, 17), Is.False, "a number");
            if (place.Schema.ContainsKey("pattern") || place.Schema.ContainsKey("enum"))
                Assert.That(IsTaken(place, "Ångström!"), Is.False, "something else");
            if (place.Schema["pattern"] is { } pattern)
                Assert.That(
                    place.Schema["examples"]!.AsArray().Select(e => (string)e!),
                    Is.All.Match((string)pattern!)
                );
        }
    }

    [TestCaseSource(nameof(Lists))]
    public void A_list_holds_as_many_as_the_reader_takes(string path)
    {
        var place = Place(path);
        var item = SchemaWalk.Example(Walk.Resolve(place.Schema["items"]!), Walk);
        JsonArray Of(int count) => [.. Enumerable.Range(0, count).Select(_ => item.DeepClone())];
        var least = (int?)place.Schema["minItems"] ?? 0;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsTaken(place, Of(least)), Is.True, "least");
            if (least > 0)
                Assert.That(IsTaken(place, Of(least - 1)), Is.False, "fewer");
            if ((int?)place.Schema["maxItems"] is { } most)
            {
                Assert.That(IsTaken(place, Of(most)), Is.True, "most");
                Assert.That(IsTaken(place, Of(most + 1)), Is.False, "more");
            }
            Assert.That(IsTaken(place, "one"), Is.False, "a text");
        }
    }

    [TestCaseSource(nameof(Leaves))]
    public void Every_value_is_in_the_hash(string path)
    {
        // Neither changes what is in force: a municipality whose file says nothing else has the default as before.
        if (path is "$.$schema" or "$.municipality")
            return;
        var place = Place(path);
        var hashes = SchemaWalk
            .TwoValues(place)
            .Select(value => PolicyFile.Load([("a.json", Walk.Around(place, value).ToJsonString())]).Hash)
            .ToList();

        Assert.That(hashes[0], Is.Not.EqualTo(hashes[1]));
    }

    [Test]
    public void The_default_s_schema_names_no_municipality()
    {
        var shared = JsonNode.Parse(PolicySchema.Text(shared: true))!.AsObject();

        Assert.That(shared.ContainsKey("required"), Is.False);
        Assert.That(shared["properties"]!.AsObject().ContainsKey("municipality"), Is.False);
        Assert.That(shared["properties"]!.AsObject().ContainsKey("caps"), Is.True);
    }

    static SchemaPlace Place(string path) => Places.Single(p => IsAt(p.Path, path));

    static bool IsAt(string path, string other) => path.Equals(other, StringComparison.Ordinal);

    static JsonNode Number(double value) => value == Math.Floor(value) ? (long)value : Math.Round(value, 6);

    static bool IsTaken(SchemaPlace place, JsonNode value) => Faults(place, value).All(f => !IsAt(f.Path, place.Path));

    static IReadOnlyList<PolicyFault> Faults(SchemaPlace place, JsonNode value)
    {
        try
        {
            PolicyFile.Load([("a.json", Walk.Around(place, value).ToJsonString())]);
            return [];
        }
        catch (FunnelException e)
        {
            return e.Faults;
        }
    }
}
