namespace LeadScoring.Ingestion.Features;

/// <summary>What the register says of a contact as of an instant; NaN is "not known".</summary>
/// <param name="Country">Level of the feature <c>country</c>.</param>
/// <param name="Language">Level of the feature <c>language</c>.</param>
/// <param name="HouseholdSize">People.</param>
/// <param name="BirthYear">Calendar year.</param>
/// <param name="RegisteredAt">µs of the first register entry, or <see cref="NotRegistered"/>.</param>
readonly record struct ContactProfile(
    float Country,
    float Language,
    float HouseholdSize,
    float BirthYear,
    long RegisteredAt
)
{
    public const long NotRegistered = long.MaxValue;

    public static ContactProfile Unknown { get; } = new(float.NaN, float.NaN, float.NaN, float.NaN, NotRegistered);
}
