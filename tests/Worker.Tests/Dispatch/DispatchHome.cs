using System.Globalization;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail;
using LeadScoring.Worker.Tests.Store;
using MimeKit;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>A home whose contacts agree to everything, have an address and stand in Interest in Boden; nobody is held out.</summary>
/// <remarks>It is Wednesday 4 March 2026, 09:00 in Boden (08:00 UTC), unless a test says otherwise.</remarks>
sealed class DispatchHome : IDisposable
{
    public const int Boden = 2582;
    public static readonly DateTime Morning = new(2026, 3, 4, 8, 0, 0, DateTimeKind.Utc);

    readonly StoreHome _home;
    int _statements;

    public DispatchHome(StoreKind kind, params IReadOnlyList<string> contacts)
    {
        _home = new StoreHome(kind);
        Directory.CreateDirectory(_home.File("policies"));
        System.IO.File.WriteAllText(
            _home.File("policies", "default.json"),
            """{ "shares": { "holdOut": 0, "exploration": 0 } }"""
        );
        Say([
            .. from contact in contacts
            from purpose in (string[])["profiling", "marketing", "sharing"]
            select $"{contact},{purpose},true,2026-01-01T08:00:00Z",
        ]);
        Put(
            "crm_contacts",
            "crm.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year,Lead source\n"
                + string.Concat(
                    contacts.Select(c => $"{c},2026-01-01 08:00,2026-01-01 08:00,,DE,de,h-{c},2,1980,Fair\n")
                )
        );
        Ingest();
        Store = LeadStore.Open(Path);
        Store.CommitFunnel(
            new(Commits.Of().Watermark) { Positions = [.. contacts.Select(c => Commits.Position(c, Commits.Day))] }
        );
        new AddressBook(Store).Put(contacts.Select(Address), Commits.Day);
        Time = new SettableTime(new(Morning));
    }

    public string Path => _home.Path;

    public LeadStore Store { get; }

    public SettableTime Time { get; }

    public Sendings Sendings => new(Store);

    public string File(params string[] parts) => _home.File(parts);

    public IReadOnlyList<MimeMessage> Outbox =>
        Directory.Exists(File("outbox"))
            ?
            [
                .. Directory
                    .GetFiles(File("outbox"))
                    .Order(StringComparer.Ordinal)
                    .Select(file => MimeMessage.Load(file)),
            ]
            : [];

    /// <summary>Plans something for a contact; due this morning unless said otherwise.</summary>
    public FollowUp Plan(
        string contact,
        FollowUpKind kind = FollowUpKind.Email,
        DateTime? due = null,
        Stage stage = Stage.Interest
    )
    {
        var followUp = new FollowUp(
            string.Create(CultureInfo.InvariantCulture, $"{contact}/{stage}/2026-03-02/{kind}/{due:O}"),
            new ContactId(contact),
            Boden,
            kind,
            stage,
            due ?? Morning,
            kind == FollowUpKind.Call ? Cause.ListPlace : "likelihood"
        );
        Store.CommitFunnel(new(Commits.Of().Watermark) { FollowUps = [followUp] });
        return followUp;
    }

    public DispatchFigures Dispatch(CancellationToken cancellation = default) =>
        new DispatchFollowUps(new Home(Path), Time, TimeSpan.FromDays(21)).Run(Boden, cancellation);

    /// <summary>Statements of consent as <c>contact,purpose,granted,at</c>, in the lake at once.</summary>
    public void Say(params IReadOnlyList<string> statements)
    {
        var file = _statements++;
        Put(
            "consents",
            $"consents-{file}.csv",
            "consent_id,contact_id,purpose,granted,at,provenance\n"
                + string.Concat(statements.Select((said, i) => $"s{file}-{i},{said},test\n"))
        );
        if (file > 0)
            Ingest();
    }

    public void Put(string source, string name, string text)
    {
        var folder = Directory.CreateDirectory(File("inbox", source)).FullName;
        System.IO.File.WriteAllText(System.IO.Path.Combine(folder, name), text);
    }

    public void Ingest()
    {
        var report = LeadScoring.Ingestion.Ingest.Run(Path, new IngestOptions(2));
        Assert.That((report.Rejected, report.Refused.Count()), Is.EqualTo((0, 0)));
    }

    public FollowUpState State(FollowUp followUp) =>
        Store.FollowUpsOf(followUp.Contact).Single(f => f.FollowUp == followUp).State;

    /// <summary>Why it waits or has lapsed.</summary>
    public object? Why(FollowUp followUp) => _home.Ask($"select why from follow_ups where key = '{followUp.Key}'");

    public void Dispose()
    {
        Store.Dispose();
        _home.Dispose();
    }

    static SeenAddress Address(string contact) =>
        new($"subject of {contact}", $"{contact}@example.org", null, Morning.AddDays(-30), new(contact));
}
