using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Steps.Packed;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>A small region drawn from a seed, night after night: who is known, what they do, how likely they are.</summary>
/// <remarks>Ids sort differently in a language than by their bytes; consents come and go; households share places.</remarks>
/// <param name="nobodyLooksAt">A municipality that no evidence speaks for, 0 for none.</param>
sealed class RandomNights(int seed, int contacts = 40, int nobodyLooksAt = 0)
{
    public const double BaseRate = 0.05;

    readonly Random _chance = new(seed);

    readonly List<ContactId> _all = [.. Ids(contacts)];

    /// <summary>The contacts of a region of so many.</summary>
    public static IEnumerable<ContactId> Ids(int contacts) =>
        Enumerable
            .Range(0, contacts)
            .Select(i => new ContactId(
                (i % 3) switch
                {
                    0 => $"k{i}",
                    1 => $"K-{i}",
                    _ => $"å{i}",
                }
            ));

    /// <summary>Whom the lake knows of grows from night to night.</summary>
    public (NightFacts Facts, ScoreRun Scores) Next(DateOnly day)
    {
        var known = _all.Take(_chance.Next(contacts / 2, contacts + 1)).ToList();
        var standings = known.ToDictionary(contact => contact, _ => Standing(day));
        var facts = new NightFacts(
            standings,
            Some(known, 0.8).ToDictionary(contact => contact, _ => Evidence()),
            Some(known, 0.4).ToDictionary(contact => contact, _ => Signals(day))
        )
        {
            Seasons = Some(known, 0.3).ToDictionary(contact => contact, _ => new Seasons(Days(day))),
        };
        var scores = Some(known.Where(contact => standings[contact].MayScore), 0.9)
            .Select(contact => (contact, likelihood: Math.Pow(_chance.NextDouble(), 3)))
            .OrderByDescending(one => one.likelihood)
            .Select(
                (one, i) => new ContactScore(new LeadScore(one.contact, 0, one.likelihood, 0, 1, 'A', i + 1, []), [])
            );
        return (facts, new(day, "m", [.. scores]));
    }

    /// <summary>The same facts as reading them from a lake would keep them.</summary>
    public static NightFacts Packed(NightFacts facts)
    {
        var numbers = new ContactNumbers();
        return new(
            Put(new PackedStandings(numbers), facts.Standings),
            Put(new PackedEvidence(numbers), facts.Evidence),
            Put(new PackedSignals(numbers), facts.Signals)
        )
        {
            Seasons = Put(new PackedSeasons(numbers), facts.Seasons),
            Contacts = numbers,
        };
    }

    static PackedFacts<T> Put<T>(PackedFacts<T> into, IReadOnlyDictionary<ContactId, T> from)
    {
        foreach (var (contact, value) in from)
            into.Put(contact, value);
        return into;
    }

    List<ContactId> Some(IEnumerable<ContactId> of, double share) =>
        of.Where(_ => _chance.NextDouble() < share).ToList();

    Standing Standing(DateOnly day)
    {
        var mayScore = _chance.NextDouble() < 0.85;
        return new(
            mayScore,
            mayScore && _chance.NextDouble() < 0.8,
            _chance.NextDouble() < 0.4 ? $"h{_chance.Next(contacts / 4)}" : null,
            [.. Codes(_chance.Next(0, 12) / 10)],
            _chance.NextDouble() < 0.1 ? At(day) : null
        );
    }

    IReadOnlyList<MunicipalityEvidence> Evidence() =>
        [
            .. Codes(_chance.Next(1, 4))
                .Where(code => code != nobodyLooksAt)
                .Select(code => new MunicipalityEvidence(
                    code,
                    _chance.Next(200),
                    _chance.Next(9),
                    _chance.Next(2),
                    _chance.Next(2),
                    _chance.Next(9) == 0
                )),
        ];

    IReadOnlyList<Signal> Signals(DateOnly day) =>
        [
            .. Enumerable
                .Range(0, _chance.Next(1, 4))
                .Select(_ => new Signal(
                    (SignalKind)_chance.Next(Enum.GetValues<SignalKind>().Length),
                    At(day),
                    _chance.Next(2) == 0 ? 0 : Codes(1).First(),
                    Automated: false
                )),
        ];

    IReadOnlyList<DateOnly> Days(DateOnly day) =>
        [.. Enumerable.Range(0, 6).Select(_ => day.AddDays(-_chance.Next(1, 1500))).Distinct().Order()];

    IEnumerable<int> Codes(int count) => Municipality.All.OrderBy(_ => _chance.Next()).Take(count).Select(m => m.Code);

    DateTime At(DateOnly day) =>
        day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMicroseconds(-_chance.NextInt64(1, 2 * 86_400_000_000));
}
