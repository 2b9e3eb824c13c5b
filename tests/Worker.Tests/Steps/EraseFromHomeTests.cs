using System.Text;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>A contact with an address, messages, answers, a return and a stop is erased; another one like it stays.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class EraseFromHomeTests(StoreKind kind)
{
    const string Gone = "gone-0006";
    const string Other = "stays-0007";

    StoreHome _home = null!;
    LinkSecret _secret = null!;
    AnswerDesk _desk = null!;

    [SetUp]
    public void A_home_in_the_middle_of_its_work()
    {
        _home = new StoreHome(kind);
        Put(
            "crm_contacts/1.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n"
                + string.Concat(
                    new[] { Gone, Other }.Select(id =>
                        $"{id},2024-03-01 12:00,2024-03-02 12:00,{AddressOf(id)},SE,sv,,,1990\n"
                    )
                )
        );
        Ingested();
        using (var store = LeadStore.Open(_home.Path))
            store.CommitFunnel(Commits.Of(Gone, Other));
        _secret = LinkSecret.Of(_home.Path);
        _desk = AnswerDesk.Open(_home.Path, TimeProvider.System);
        foreach (var id in new[] { Gone, Other })
            Sent(id);
        // A look between nights was killed.
        Directory.CreateDirectory(_home.File("scores", ".few", "slice"));
        File.WriteAllText(_home.File("scores", ".few", "slice", "traces.parquet"), Gone);
    }

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void No_byte_of_the_home_names_an_erased_contact_or_its_address()
    {
        File.Delete(_home.File("inbox", "crm_contacts", "1.csv")); // the user's own
        using var reading = LeadStore.Open(_home.Path); // as long as it is open, the write-ahead log lives
        Assert.That(Naming(Gone), Is.Not.Empty);
        var mail = Erased().Mail;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.Messages, mail.Answers, mail.Entries), Is.EqualTo((4, 3, 2)));
            Assert.That(Naming(Gone), Is.Empty);
            Assert.That(Naming(AddressOf(Gone)), Is.Empty);
            Assert.That(new AddressBook(reading).Of(new(Gone)), Is.Null);
            Assert.That(_home.Ask("select count(*) from contact_addresses"), Is.EqualTo(1));
        }
        var again = Erased();
        Assert.That((again.Mail.Messages, again.Mail.Answers, again.Mail.Entries), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void The_other_s_mail_is_as_it_was_and_a_stop_stays_a_stop()
    {
        var (ledger, returns) = (new SendLedger(_home.Path, TimeProvider.System), Returns());
        Assert.That(returns.StandingOf(AddressOf(Gone)).IsClosed, Is.True);
        var before = Naming(AddressOf(Other));
        Erased();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Naming(AddressOf(Other)), Is.EqualTo(before));
            Assert.That(
                new SendLedger(_home.Path, TimeProvider.System).StateOf(NameOf(Other)),
                Is.EqualTo(SendingState.Sent)
            );
            Assert.That(
                new SendLedger(_home.Path, TimeProvider.System).StateOf(NameOf(Gone)),
                Is.EqualTo(SendingState.Open)
            );
            Assert.That(Returns().StandingOf(AddressOf(Gone)).IsClosed, Is.False);
            Assert.That(Returns().StandingOf(AddressOf(Other)).IsClosed, Is.True);
            Assert.That(new StopList(_home.Path, _secret, TimeProvider.System).Since(new(Gone)), Is.Not.Null);
            Assert.That(Directory.GetFiles(_home.File("outbox")), Has.Length.EqualTo(1));
        }
        // One that was opened before goes on reading where it was.
        ledger.Note(NameOf(Other), SendingState.Unknown);
        Assert.That(ledger.StateOf(NameOf(Other)), Is.EqualTo(SendingState.Unknown));
        Assert.That(returns.StandingOf("nobody@example.org").IsClosed, Is.False);
    }

    [Test]
    public void Links_that_are_still_out_write_nothing_of_an_erased_contact_again()
    {
        File.Delete(_home.File("inbox", "crm_contacts", "1.csv"));
        Erased();
        Answered(Gone);
        Assert.That(Naming(Gone), Is.Empty);
        Assert.That(_desk.Inbox.Record(Claim(Other) with { Answer = Answer.No }), Is.True, "others still answer");
    }

    [Test]
    public void An_address_that_an_interrupted_ingest_left_goes_too()
    {
        using (var store = LeadStore.Open(_home.Path))
            new AddressBook(store).Put([new("e:half", "half@example.org", null, DateTime.UnixEpoch)], Commits.Day);
        Erased();
        Assert.That(_home.Ask("select count(*) from contact_addresses"), Is.EqualTo(1));
    }

    [Test]
    public void While_messages_are_sent_the_address_goes_at_once_and_the_rest_with_the_next_erasure()
    {
        var file = _home.File("mail", "sending.lock");
        using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.That(
                () => Erased(),
                Throws.TypeOf<WorkerException>().With.Message.Contains("messages are being sent")
            );
        Assert.That(_home.Ask("select count(*) from contact_addresses"), Is.EqualTo(1));
        Assert.That(Erased().Mail.Messages, Is.EqualTo(4));
    }

    /// <summary>A message in the outbox, one half-written, one that came back, the ledgers' entries, answers and a stop.</summary>
    void Sent(string id)
    {
        var followUp = FollowUpOf(id);
        var links = SampleMail.Links(followUp, signer: new LinkSigner(_secret));
        var outgoing = SampleMail.Outgoing(followUp, links);
        var envelope = new ComposeMail(SampleMail.Settings, _secret, null).Of(
            followUp,
            outgoing.Mail,
            links,
            AddressOf(id),
            SampleMail.At
        );
        using (envelope.Message)
        {
            new OutboxTransport(_home.Path).Send(envelope, CancellationToken.None).GetAwaiter().GetResult();
            new SendLedger(_home.Path, TimeProvider.System).Note(envelope.Name, SendingState.Sent);
            var outbox = _home.File("outbox", $"{envelope.Name}.eml");
            if (string.Equals(id, Gone, StringComparison.Ordinal))
                File.WriteAllText(_home.File("outbox", $".{envelope.Name}.17.1"), $"To: {AddressOf(id)}");
            Directory.CreateDirectory(_home.File("mailbox", "read"));
            File.WriteAllText(_home.File("mailbox", "read", $"back-{id[^4..]}.eml"), Report(envelope, id));
            Directory.CreateDirectory(_home.File("mail", "returned"));
            File.Copy(outbox, _home.File("mail", "returned", $"back-{id[^4..]}.eml"));
            Returns().Note($"hash of {id[^4..]}", new(ReturnKind.Hard, envelope.Name, null, AddressOf(id), "5.1.1"));
        }
        Answered(id);
    }

    /// <summary>A delivery report that gives of the message only its name.</summary>
    static string Report(MailEnvelope envelope, string id) =>
        $"""
            To: {envelope.Sender.Address}
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; {AddressOf(id)}
            Action: failed
            Status: 5.1.1

            --b--

            """;

    void Answered(string id)
    {
        _desk.Inbox.Record(Claim(id) with { Answer = Answer.Yes });
        _desk.Inbox.Record(Claim(id) with { Answer = Answer.Maybe });
        _desk.Stops.Stop(new(id), StopWay.OneClick);
    }

    static LinkClaim Claim(string id) => new(null, new(id), FollowUpOf(id).Key, 2510, "sv", DateOnly.MaxValue);

    static FollowUp FollowUpOf(string id) => Commits.FollowUp(id, Commits.Day);

    MessageName NameOf(string id) => MessageName.Of(FollowUpOf(id).Key, _secret);

    ReturnLedger Returns() => new(_home.Path, _secret, TimeProvider.System);

    static string AddressOf(string id) => $"reader-{id[^4..]}@example.org";

    HomeErasure Erased() =>
        EraseFromHome.Run(
            new Home(_home.Path),
            [Gone],
            new IngestOptions(2),
            Commits.Day,
            null,
            CancellationToken.None
        );

    void Ingested() =>
        Ingest.Run(_home.Path, new IngestOptions(2) { Addresses = KeepAddresses.Of(new Home(_home.Path)) });

    void Put(string path, string text)
    {
        var file = _home.File(["inbox", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Files of the home that hold a text, and tables of PostgreSQL that do.</summary>
    string[] Naming(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(_home.Path, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            if (memory.ToArray().AsSpan().IndexOf(bytes) >= 0)
                found.Add(Path.GetRelativePath(_home.Path, file));
        }
        if (kind is StoreKind.Postgres)
            foreach (
                var table in new[] { "contact_addresses", "positions", "follow_ups", "list_places", "stage_changes" }
            )
                if ((long)_home.Ask($"select count(*) from {table} as t where t::text like '%{text}%'")! > 0)
                    found.Add(table);
        return [.. found.Order(StringComparer.Ordinal)];
    }
}
