namespace LeadScoring.Synthetic;

/// <summary>The size, length and seed of a synthetic world: the same options give the same bytes.</summary>
/// <param name="Contacts">People in the register, at least 1. Contact 123 is the same person whatever the number.</param>
/// <param name="Months">Months of traces before <paramref name="End"/>, 1 to 240.</param>
/// <param name="Seed">Every chance in the world is drawn from it.</param>
/// <param name="End">The first day (Europe/Stockholm) that is no longer exported.</param>
public readonly record struct SyntheticOptions(int Contacts, int Months, ulong Seed, DateOnly End)
{
    /// <summary>The world of <c>data-samples/</c>: 2,000 contacts, 36 months up to 2026-05-01, seed 1.</summary>
    public static SyntheticOptions Sample { get; } = new(2_000, 36, 1, DefaultEnd);

    /// <summary>The end of a world whose options name none.</summary>
    public static DateOnly DefaultEnd => new(2026, 5, 1);

    /// <summary>Everything wrong with these options, in words; empty when they can be used.</summary>
    public IReadOnlyList<string> Errors()
    {
        var errors = new List<string>();
        if (Contacts < 1)
            errors.Add($"--contacts is {Contacts}, expected at least 1");
        if (Months is < 1 or > 240)
            errors.Add($"--months is {Months}, expected 1 to 240");
        if (End < new DateOnly(2000, 1, 1).AddMonths(Months))
            errors.Add($"--end is {End:yyyy-MM-dd}, expected a world that starts after 2000");
        return errors;
    }
}
