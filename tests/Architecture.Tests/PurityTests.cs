namespace LeadScoring.Architecture.Tests;

/// <summary>Time and chance are arguments everywhere; Funnel and Scoring's compute are free of I/O as well.</summary>
/// <remarks>
/// Read from the compiled references: what is not referenced cannot be called. Of the environment only the thread's
/// number is let through, which the compiler itself asks for in every iterator.
/// </remarks>
public sealed class PurityTests
{
    static readonly string[] OutsideWorld =
    [
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.IO.StreamWriter",
        "System.Net.",
        "System.Data.",
        "System.Console",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.TimeProvider",
        "System.Threading.Tasks.",
        "System.Threading.Thread",
        "System.Threading.Timer",
    ];

    static readonly string[] ClockAndChance =
    [
        "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow",
        "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow",
        "System.Random::get_Shared",
        "System.Guid::NewGuid",
        "System.Threading.Thread::Sleep",
    ];

    [Test]
    public void Funnel_touches_nothing_outside_itself() =>
        Assert.That(Reaching(CompiledAssembly.OfProject("Funnel").ReferencedTypes, OutsideWorld), Is.Empty);

    [Test]
    public void Funnel_asks_nothing_of_the_machine_it_runs_on() =>
        Assert.That(AskingTheMachine(CompiledAssembly.OfProject("Funnel").ReferencedMembers), Is.Empty);

    [Test]
    public void Scoring_speaks_to_no_network_process_or_database() =>
        Assert.That(
            Reaching(
                CompiledAssembly.OfProject("Scoring").ReferencedTypes,
                ["System.Net.", "System.Data.", "System.Diagnostics.Process", "System.Console", "System.TimeProvider"]
            ),
            Is.Empty
        );

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void No_project_asks_a_clock_or_draws_unseeded_chance(string project) =>
        Assert.That(
            CompiledAssembly.OfProject(project).ReferencedMembers.Intersect(ClockAndChance, StringComparer.Ordinal),
            Is.Empty
        );

    [Test]
    public void A_type_that_reaches_out_is_found_and_its_namesakes_are_not() =>
        Assert.That(
            Reaching(
                ["System.IO.File", "System.IO.Stream", "System.Net.Http.HttpClient", "System.Threading.Thread+Nested"],
                OutsideWorld
            ),
            Is.EqualTo(new[] { "System.IO.File", "System.Net.Http.HttpClient", "System.Threading.Thread+Nested" })
        );

    [Test]
    public void A_question_to_the_machine_is_found() =>
        Assert.That(
            AskingTheMachine([
                "System.Environment::get_CurrentManagedThreadId",
                "System.Environment::get_MachineName",
                "System.Math::Abs",
            ]),
            Is.EqualTo(new[] { "System.Environment::get_MachineName" })
        );

    [Test]
    public void References_are_really_read_from_the_assembly()
    {
        var own = CompiledAssembly.Read(typeof(PurityTests).Assembly.Location);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reaching(own.ReferencedTypes, OutsideWorld), Does.Contain("System.IO.File"));
            Assert.That(own.ReferencedMembers, Does.Contain("System.IO.File::ReadAllText"));
            Assert.That(own.DeclaredTypes, Does.Contain(typeof(PurityTests).FullName));
        }
    }

    static IEnumerable<string> AskingTheMachine(IEnumerable<string> members) =>
        members
            .Where(member => member.StartsWith("System.Environment::", StringComparison.Ordinal))
            .Where(member => member is not "System.Environment::get_CurrentManagedThreadId");

    /// <summary>A name ending in a dot stands for a whole namespace, any other for one type and what is nested in it.</summary>
    static IEnumerable<string> Reaching(IEnumerable<string> types, string[] forbidden) =>
        types.Where(type =>
            forbidden.Any(name =>
                name.EndsWith('.')
                    ? type.StartsWith(name, StringComparison.Ordinal)
                    : string.Equals(type, name, StringComparison.Ordinal)
                        || type.StartsWith(name + "+", StringComparison.Ordinal)
            )
        );
}
