using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Steps;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>Ninety contacts with facts drawn anew each night; whoever objects says so in the lake.</summary>
sealed class RandomDays : SimulatedDays
{
    readonly DispatchHome _home;
    readonly RandomNights _nights;

    public RandomDays(DateOnly first)
        : base(first, new(Capacity: 2, Small: 1, SmallLift: 1, Large: 60, Email: 6, Question: 4, Invitation: 2))
    {
        Contacts = [.. RandomNights.Ids(90)];
        _nights = new(seed: 7, Contacts.Count, nobodyLooksAt: Small);
        _home = new DispatchHome(StoreKind.Sqlite, [.. Contacts.Select(id => id.Value)]);
        _home.Put(
            "crm_contacts",
            "households.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year,Lead source\n"
                + string.Concat(
                    Contacts.Select((c, i) => $"{c},2026-01-01 08:00,2026-01-02 08:00,,DE,de,h{i / 2},2,1980,Fair\n")
                )
        );
        _home.Ingest();
        WritePolicies();
    }

    public override IReadOnlyList<ContactId> Contacts { get; }

    public override string Path => _home.Path;

    protected override LeadStore Store => _home.Store;

    public override void Dispose() => _home.Dispose();

    protected override (NightFacts Facts, ScoreRun Scores, double BaseRate) Night(DateOnly day, int night)
    {
        var (facts, scores) = _nights.Next(day);
        var policies = Policies;
        AdvanceContacts.Run(
            Store,
            facts,
            scores,
            RandomNights.BaseRate,
            policies,
            Seed,
            new Watermark(day, night + 1, "m", policies.Hash)
        );
        return (facts, scores, RandomNights.BaseRate);
    }

    protected override void Withdraw(int night)
    {
        var contact = Contacts[night * 7 % Contacts.Count].Value;
        _home.Say($"{contact},objection,true,{Now:yyyy-MM-dd'T'HH:mm:ss}Z");
        Objections.TryAdd(contact, Now);
    }
}
