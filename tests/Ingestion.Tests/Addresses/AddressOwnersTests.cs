using System.Globalization;
using LeadScoring.Ingestion.Addresses;

namespace LeadScoring.Ingestion.Tests.Addresses;

/// <summary>Whose addresses are, against a slow twin over made-up registers that come in any number of ingests.</summary>
public sealed class AddressOwnersTests
{
    const string Crm =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n";
    const string Merges = "contact_id,duplicate_id,decided_at,merged\n";
    const string Consents = "consent_id,contact_id,purpose,granted,at,provenance\n";

    [Test]
    public void Owners_are_those_of_the_slow_twin_however_the_rows_were_split([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var ties = Enumerable
            .Range(0, 25)
            .Select(i => new Tie(i, $"c{random.Next(9)}", $"e{random.Next(7)}@example.org", random.Next(1, 25)))
            .ToArray();
        var merges = Enumerable
            .Range(0, 4)
            .Select(i => (One: random.Next(9), Other: random.Next(9), Day: i + 1, Merged: random.Next(3) > 0))
            .Where(m => m.One != m.Other)
            .ToArray();
        var words = Enumerable
            .Range(0, 8)
            .Select(i => new Word(
                $"c{random.Next(9)}",
                random.Next(4) == 0 ? "objection" : "marketing",
                random.Next(2) == 0,
                random.Next(1, 25)
            ))
            .ToArray();
        using var home = new TestHome();
        var book = new Book();

        var parts = random.Next(1, 4);
        foreach (var part in Enumerable.Range(0, parts))
        {
            home.With(
                $"crm_contacts/{part}.csv",
                Crm + string.Concat(ties.Where(tie => tie.Number % parts == part).Select(tie => tie.Row))
            );
            if (part == random.Next(parts))
                home.With(
                    "contact_merges/m.csv",
                    Merges
                        + string.Concat(
                            merges.Select(m => $"c{m.One},c{m.Other},2024-05-{m.Day:00}T00:00:00Z,{m.Merged}\n")
                        )
                );
            // Said last, as who is dropped in between is not taken up again by a later yes alone.
            if (part == parts - 1)
                home.With("consents/w.csv", Consents + string.Concat(words.Select((word, i) => word.Row(i))));
            Ingest.Run(home.Folder, new IngestOptions(2) { Addresses = book.Keeping, Time = new Fixed() });
        }

        var canonical = home.Rows("select contact, canonical from identities")
            .Select(row => row.Split('|'))
            .ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        Assert.That(book.Owners, Is.EquivalentTo(Twin(ties, words, id => canonical.GetValueOrDefault(id, id))));
    }

    static Dictionary<string, string> Twin(Tie[] ties, Word[] words, Func<string, string> canonical)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var address in ties.GroupBy(tie => tie.Email))
        {
            if (address.Select(tie => canonical(tie.Contact)).Distinct().Count() > 4)
                continue;
            var last = address.OrderBy(tie => -tie.Day).ThenBy(tie => tie.Contact, StringComparer.Ordinal).First();
            var owner = canonical(last.Contact);
            var said = words
                .Where(word => string.Equals(canonical(word.Contact), owner, StringComparison.Ordinal))
                .ToArray();
            var refuses = said.GroupBy(word => word.Purpose)
                .Any(same => same.Where(word => word.Day == same.Max(one => one.Day)).Any(word => word.Restricts));
            if (!refuses)
                owners.Add(address.Key, owner);
        }
        return owners;
    }

    sealed record Tie(int Number, string Contact, string Email, int Day)
    {
        // Every version is another: the last change is told apart by its minute.
        public string Row => $"{Contact},2024-03-{Day:00} 12:00,2024-04-01 12:{Number:00},{Email},,,,,\n";
    }

    sealed record Word(string Contact, string Purpose, bool Granted, int Day)
    {
        public bool Restricts => Purpose is "objection" == Granted;

        public string Row(int id) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{id},{Contact},{Purpose},{Granted},2024-03-{Day:00}T00:00:00Z,form\n"
            );
    }

    /// <summary>Keeps addresses in memory.</summary>
    sealed class Book
    {
        readonly Dictionary<string, (string Address, string? Contact)> _kept = new(StringComparer.Ordinal);

        public AddressKeeping Keeping =>
            new(
                given =>
                {
                    foreach (var address in given)
                        _kept[address.Subject] = (address.Address, _kept.GetValueOrDefault(address.Subject).Contact);
                },
                (owners, cancellation) =>
                {
                    var kept = _kept.Select(pair => new KeptAddress(pair.Key, pair.Value.Contact, new(2024, 6, 1)));
                    foreach (var (subject, contact) in owners.Changes(kept, cancellation))
                    {
                        if (contact is null)
                            _kept.Remove(subject);
                        else
                            _kept[subject] = (_kept[subject].Address, contact);
                    }
                }
            );

        public Dictionary<string, string> Owners =>
            _kept.Values.ToDictionary(one => one.Address, one => one.Contact!, StringComparer.Ordinal);
    }

    sealed class Fixed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 6, 15, 12, 0, 0, TimeSpan.Zero);
    }
}
