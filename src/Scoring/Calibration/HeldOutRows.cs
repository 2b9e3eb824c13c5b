namespace LeadScoring.Scoring.Calibration;

/// <summary>Rows that no tree saw, as calibration needs them.</summary>
/// <param name="RawScores">Log-odds a row.</param>
/// <param name="Labels">0 or 1 a row.</param>
/// <param name="Contacts">The contact of each row.</param>
/// <param name="AsOf">The instant (UTC) of each row; empty when the rows have no time.</param>
public sealed record HeldOutRows(double[] RawScores, float[] Labels, string[] Contacts, DateTime[] AsOf)
{
    public int Count => Labels.Length;

    /// <summary>These rows and then others.</summary>
    public HeldOutRows And(HeldOutRows others) =>
        new(
            [.. RawScores, .. others.RawScores],
            [.. Labels, .. others.Labels],
            [.. Contacts, .. others.Contacts],
            [.. AsOf, .. others.AsOf]
        );

    /// <summary>A number for each row's contact, from 0 in order of appearance, and how many there are.</summary>
    public (int[] OfRow, int Count) Numbers()
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new int[Contacts.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!known.TryGetValue(Contacts[row], out numbers[row]))
                known.Add(Contacts[row], numbers[row] = known.Count);
        }
        return (numbers, known.Count);
    }
}
