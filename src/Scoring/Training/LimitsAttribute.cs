using System.Globalization;

namespace LeadScoring.Scoring.Training;

/// <summary>What a number among the options may be: checks and docs/parameters.md read it from here.</summary>
/// <param name="least">Smallest value.</param>
/// <param name="most">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LimitsAttribute(double least, double most = double.PositiveInfinity) : Attribute
{
    public double Least { get; } = least;

    public double Most { get; } = most;

    /// <summary>The smallest value itself is not allowed.</summary>
    public bool Above { get; init; }

    public bool Allow(double value) => value <= Most && (Above ? value > Least : value >= Least);

    /// <summary>In words: <c>2 to 255</c>, <c>above 0, at most 1</c>, <c>0 or more</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Above ? $"above {Least}" : $"{Least}")}{(double.IsInfinity(Most) ? " or more" : Above ? $", at most {Most}" : $" to {Most}")}"
        );
}
