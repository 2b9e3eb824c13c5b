using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Steps;

/// <summary>Finds each contact's municipalities, in the light of how all contacts lean.</summary>
public static class MatchContacts
{
    /// <param name="contacts">Whom to match; the prior is of all contacts that may be scored.</param>
    /// <returns>A fit for each contact that has one.</returns>
    public static IReadOnlyDictionary<ContactId, MunicipalityFit> Run(
        IEnumerable<ContactId> contacts,
        NightFacts facts,
        PolicySet policies
    )
    {
        var prior = Prior(facts);
        var fits = new Dictionary<ContactId, MunicipalityFit>();
        foreach (var contact in contacts)
        {
            if (One(contact, facts, prior, policies) is { } fit)
                fits.Add(contact, fit);
        }
        return fits;
    }

    /// <summary>One contact's fit, null when it has none.</summary>
    internal static MunicipalityFit? One(
        ContactId contact,
        NightFacts facts,
        RegionalPrior prior,
        PolicySet policies
    ) =>
        MatchMunicipalities.Match(
            contact,
            facts.Shown(contact),
            prior,
            policies,
            facts.Standings.GetValueOrDefault(contact)?.DeclinedBy
        );

    /// <summary>How all contacts that may be scored lean.</summary>
    internal static RegionalPrior Prior(NightFacts facts) =>
        facts.Leaning
        ?? RegionalPrior.From(
            facts
                .Contacts.InOrder(
                    facts.Evidence.Keys.Where(contact =>
                        facts.Standings.TryGetValue(contact, out var standing) && standing.MayScore
                    )
                )
                .Select(number => facts.Shown(facts.Contacts[number]))
        );
}
