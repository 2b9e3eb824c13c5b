using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>How often the training rows whose value of a feature lay in a range were positive.</summary>
/// <param name="From">Least value seen in the range; NaN for rows without a value. A level's code for a categorical feature.</param>
/// <param name="To">Greatest value seen in it.</param>
/// <param name="Rows">Training rows in it.</param>
/// <param name="Contacts">Distinct contacts among them: they, not the rows, say how sure the rate is.</param>
/// <param name="Positives">Positive rows among them.</param>
public sealed record ValueRange(double From, double To, int Rows, int Contacts, int Positives)
{
    /// <summary>Share of the rows that were positive.</summary>
    public double Rate => (double)Positives / Rows;
}

/// <summary>The observed positive rates of one feature, by ranges of its value.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Type">Ranges of a number are looked up by order, levels by their code.</param>
/// <param name="Ranges">By rising value; values with too few contacts to speak of are in none.</param>
/// <param name="Missing">Rows without a value; null when they are too few to speak of.</param>
public sealed record FeatureRates(
    string Feature,
    FeatureType Type,
    IReadOnlyList<ValueRange> Ranges,
    ValueRange? Missing
)
{
    /// <summary>The training rows whose value is like this one; null when too few were.</summary>
    /// <param name="value">NaN is "no trace". A number beyond those seen counts to the nearest range above, else below.</param>
    public ValueRange? Like(double value)
    {
        if (double.IsNaN(value))
            return Missing;
        if (Type == FeatureType.Categorical)
            return Ranges.FirstOrDefault(range => range.From == value);
        var near = Ranges.FirstOrDefault(range => value <= range.To && !IsOtherThanZero(range, value));
        return near ?? Ranges.LastOrDefault(range => !IsOtherThanZero(range, value));
    }

    /// <summary>"None" is a kind of its own: no other number is like it.</summary>
    static bool IsOtherThanZero(ValueRange range, double value) => range is { From: 0, To: 0 } && value != 0;
}
