using System.Text.Json.Serialization;

namespace LeadScoring.Ingestion.Machines;

/// <summary>When a click came faster than a person clicks; kept with a model, whose features it decides.</summary>
/// <remarks>
/// The lake does not say which message a click or a delivery is of, so time alone decides: a click from a delivery to
/// <paramref name="Seconds"/> after it, both included, and every one of <paramref name="Burst"/> clicks that lie within
/// as many seconds. A double click is two, so three are the fewest that no hand makes.
/// </remarks>
/// <param name="Kinds">Kinds of traces that are clicks.</param>
/// <param name="Deliveries">Kinds of traces that say that a message went out.</param>
/// <param name="Seconds">0 turns the rule off.</param>
/// <param name="Burst">Clicks that are a burst; 0 when only deliveries count.</param>
public sealed record ClickRule(IReadOnlyList<string> Kinds, IReadOnlyList<string> Deliveries, double Seconds, int Burst)
{
    /// <summary>No click is too fast: what models were trained with that say nothing of it.</summary>
    public static ClickRule None { get; } = new([], [], 0, 0);

    /// <summary>The longest time between two traces of a machine, in µs.</summary>
    [JsonIgnore]
    public long Window => (long)Math.Round(Seconds * 1_000_000);
}
