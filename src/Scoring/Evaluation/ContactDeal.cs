using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>Contacts in the order in which they are dealt to parts, like cards.</summary>
static class ContactDeal
{
    /// <summary>Contacts with a positive row first, so that every part gets some even when they are few; then by a seeded hash.</summary>
    public static IEnumerable<string> Deal(FeatureTable labelled, int seed)
    {
        var positive = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < labelled.RowCount; row++)
        {
            if (labelled.Labels[row] == 1)
                positive.Add(labelled.Contacts[row]);
        }
        return labelled
            .Contacts.Distinct(StringComparer.Ordinal)
            .OrderBy(contact => positive.Contains(contact) ? 0 : 1)
            .ThenBy(contact => SplitMix.Hash(contact, seed))
            .ThenBy(contact => contact, StringComparer.Ordinal);
    }
}
