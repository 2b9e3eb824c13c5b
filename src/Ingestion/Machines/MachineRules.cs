using System.Net;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Machines;

/// <summary>How a home tells machines from people: by user agents, by addresses, and by how fast clicks come.</summary>
/// <param name="Agents">Texts of user agents, in small letters.</param>
/// <param name="Networks">Address ranges.</param>
public sealed record MachineRules(
    IReadOnlyList<MachineAgent> Agents,
    IReadOnlyList<IPNetwork> Networks,
    ClickRule Clicks
)
{
    const string Resource = "LeadScoring.Ingestion.Machines.machines.json";

    /// <summary>A home's own rules, below the home.</summary>
    public const string OwnFile = "sources/machines.json";

    static readonly Lazy<MachineRules> _builtIn = new(ReadBuiltIn);

    /// <summary>What every home starts from.</summary>
    public static MachineRules BuiltIn => _builtIn.Value;

    /// <summary>The built-in rules with a home's own.</summary>
    /// <exception cref="IngestionException">The home's file is wrong; all errors are named with their line.</exception>
    public static MachineRules Load(string home)
    {
        var errors = new List<SourceError>();
        var rules = Load(home, errors);
        return errors.Count == 0 ? rules : throw SourceError.Exception(errors);
    }

    /// <summary>The same; what is wrong goes to <paramref name="errors"/>.</summary>
    internal static MachineRules Load(string home, List<SourceError> errors)
    {
        var path = Path.Combine(LakeLayout.Of(home).Sources, Path.GetFileName(OwnFile));
        return File.Exists(path) ? MachineRulesReader.Read(File.ReadAllBytes(path), OwnFile, BuiltIn, errors) : BuiltIn;
    }

    /// <summary>Lets the macros <c>is_machine</c>, <c>is_machine_address</c> and <c>is_machine_click</c> know the rules.</summary>
    internal void Teach(Connection connection)
    {
        connection.Execute("machines", "set variable machine_agents = $1", MachinePatterns.Of(Agents));
        connection.Execute("machines", "set variable machine_addresses = $1", MachinePatterns.Of(Networks));
        connection.Execute("machines", "set variable machine_click_window = $1", Clicks.Window);
    }

    static MachineRules ReadBuiltIn()
    {
        using var stream = typeof(MachineRules).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var errors = new List<SourceError>();
        var nothing = new MachineRules([], [], ClickRule.None);
        var rules = MachineRulesReader.Read(bytes.ToArray(), "machines.json", nothing, errors);
        return errors.Count == 0
            ? rules
            : throw new InvalidOperationException(string.Join('\n', errors.Select(error => error.ToString())));
    }
}

/// <summary>How a machine signs itself.</summary>
/// <param name="Text">In small letters.</param>
/// <param name="IsWhole">Whether it is the whole user agent, or found anywhere in it.</param>
public readonly record struct MachineAgent(string Text, bool IsWhole);
