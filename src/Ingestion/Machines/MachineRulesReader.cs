using System.Globalization;
using System.Net;
using System.Text.Json;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Machines;

/// <summary>Reads a file of machine rules over those it adds to, and gathers all that is wrong with it.</summary>
sealed class MachineRulesReader(string file, MachineRules onto, List<SourceError> errors)
{
    const double LongestSeconds = 60;
    const int LargestBurst = 1000;
    const int LeastPrefix = 8;

    static readonly string[] _fields = ["builtIn", "agents", "withoutAgents", "networks", "withoutNetworks", "clicks"];

    public static MachineRules Read(ReadOnlySpan<byte> utf8, string file, MachineRules onto, List<SourceError> errors)
    {
        SettingNode root;
        try
        {
            root = SettingNode.Parse(utf8);
        }
        catch (JsonException error)
        {
            errors.Add(
                new(file, (int)(error.LineNumber ?? 0) + 1, "no JSON", $"an object with {string.Join(", ", _fields)}")
            );
            return onto;
        }
        var own = new List<SourceError>();
        var rules = new MachineRulesReader(file, onto, own).Rules(root);
        errors.AddRange(own.OrderBy(error => error.Line));
        return rules;
    }

    MachineRules Rules(SettingNode root)
    {
        var fields = Fields(root, _fields);
        var start =
            fields.TryGetValue("builtIn", out var builtIn) && !Truth(builtIn)
                ? onto with
                {
                    Agents = [],
                    Networks = [],
                }
                : onto;
        var agents = Items(fields, "agents").Select(Agent).OfType<MachineAgent>();
        var networks = Items(fields, "networks").Select(Network).OfType<IPNetwork>();
        return new MachineRules(
            [.. Without(fields, "withoutAgents", start.Agents, agent => agent.Text).Union(agents)],
            [.. Without(fields, "withoutNetworks", start.Networks, network => network.ToString()).Union(networks)],
            fields.TryGetValue("clicks", out var clicks) ? Clicks(clicks) : onto.Clicks
        );
    }

    MachineAgent? Agent(SettingNode node)
    {
        var fields = Fields(node, "has", "is", "note");
        var isWhole = fields.ContainsKey("is");
        if (isWhole == fields.ContainsKey("has"))
            return Wrong<MachineAgent?>(node, "an agent with both or neither", "either has or is", null);
        var text = Text(fields[isWhole ? "is" : "has"]).ToLowerInvariant();
        return text.Trim().Length >= 3
            ? new MachineAgent(text, isWhole)
            : Wrong<MachineAgent?>(
                node,
                $"'{text}'",
                "at least three signs, as fewer are in anybody's user agent",
                null
            );
    }

    IPNetwork? Network(SettingNode node)
    {
        var fields = Fields(node, "range", "note");
        if (!fields.TryGetValue("range", out var range))
            return Wrong<IPNetwork?>(
                node,
                "a network without a range",
                "one such as 192.0.2.0/24 or 2001:db8::/32",
                null
            );
        var (network, isExact) = Meant(range.Text);
        if (network is { PrefixLength: < LeastPrefix })
            return Wrong<IPNetwork?>(
                range,
                $"'{range.Text}'",
                "a network of at least 8 bits, or it is everybody's",
                null
            );
        var other = network is null ? "" : $" (did you mean '{network}'?)";
        return isExact
            ? network
            : Wrong<IPNetwork?>(
                range,
                $"'{range.Text}'",
                $"a network such as 192.0.2.0/24 or 2001:db8::/32{other}",
                null
            );
    }

    /// <summary>The network that is written, exactly or by an address within it: 17.1.2.3/8 lies in 17.0.0.0/8.</summary>
    static (IPNetwork? Network, bool IsExact) Meant(string range)
    {
        var slash = range.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? range : range[..slash], out var address))
            return default;
        var bytes = address.GetAddressBytes();
        var length = 8 * bytes.Length;
        if (
            slash >= 0
            && !int.TryParse(range.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length)
        )
            return default;
        if (length > 8 * bytes.Length)
            return default;
        for (var bit = length; bit < 8 * bytes.Length; bit++)
            bytes[bit / 8] &= (byte)(0xFF ^ (0x80 >> (bit % 8)));
        var start = new IPAddress(bytes);
        return (new IPNetwork(start, length), slash >= 0 && start.Equals(address));
    }

    ClickRule Clicks(SettingNode node)
    {
        var fields = Fields(node, "kinds", "deliveries", "seconds", "burst");
        return new ClickRule(
            fields.ContainsKey("kinds") ? [.. Items(fields, "kinds").Select(Text)] : onto.Clicks.Kinds,
            fields.ContainsKey("deliveries") ? [.. Items(fields, "deliveries").Select(Text)] : onto.Clicks.Deliveries,
            fields.TryGetValue("seconds", out var seconds) ? Seconds(seconds) : onto.Clicks.Seconds,
            fields.TryGetValue("burst", out var burst) ? Burst(burst) : onto.Clicks.Burst
        );
    }

    double Seconds(SettingNode node) =>
        node.Kind == JsonTokenType.Number
        && double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and <= LongestSeconds
            ? seconds
            : Wrong(node, node.Shown, "a number of seconds from 0 (never) to 60", 0.0);

    int Burst(SettingNode node) =>
        node.Kind == JsonTokenType.Number
        && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var burst)
        && burst is 0 or (>= 2 and <= LargestBurst)
            ? burst
            : Wrong(node, node.Shown, "a whole number of clicks from 2 to 1000, or 0 (never)", 0);

    bool Truth(SettingNode node) =>
        node.Kind is JsonTokenType.True or JsonTokenType.False
            ? node.Kind == JsonTokenType.True
            : Wrong(node, node.Shown, "true or false", true);

    string Text(SettingNode node) =>
        node.Kind == JsonTokenType.String && node.Text.Length > 0 ? node.Text : Wrong(node, node.Shown, "a text", "");

    /// <summary>What is left of a list when what the file takes out of it is gone.</summary>
    IEnumerable<T> Without<T>(
        Dictionary<string, SettingNode> fields,
        string field,
        IReadOnlyList<T> all,
        Func<T, string> text
    )
    {
        var known = all.Select(text).ToArray();
        var gone = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in Items(fields, field))
        {
            if (!known.Contains(Text(node), StringComparer.OrdinalIgnoreCase))
                Wrong(node, node.Shown, $"one of the built-in ones{Suggestion.For(node.Text, known)}", 0);
            gone.Add(node.Text);
        }
        return all.Where(one => !gone.Contains(text(one)));
    }

    List<SettingNode> Items(Dictionary<string, SettingNode> fields, string name) =>
        !fields.TryGetValue(name, out var node) ? []
        : node.Kind == JsonTokenType.StartArray ? node.Items
        : Wrong(node, node.Shown, "a list", new List<SettingNode>());

    Dictionary<string, SettingNode> Fields(SettingNode node, params string[] known)
    {
        var fields = new Dictionary<string, SettingNode>(StringComparer.Ordinal);
        if (node.Kind != JsonTokenType.StartObject)
            Wrong(node, node.Shown, $"an object with {string.Join(", ", known)}", 0);
        foreach (var (name, member) in node.Members)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                Wrong(member, $"field '{name}'", $"one of {string.Join(", ", known)}{Suggestion.For(name, known)}", 0);
            else if (!fields.TryAdd(name, member))
                Wrong(member, $"field '{name}' twice", "it once", 0);
        }
        return fields;
    }

    T Wrong<T>(SettingNode node, string found, string expected, T instead)
    {
        errors.Add(new(file, node.Line, found, expected));
        return instead;
    }
}
