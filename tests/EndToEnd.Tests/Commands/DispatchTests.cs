using LeadScoring.EndToEnd.Tests.Mail;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;
using MimeKit;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>What the sample's first night has planned, sent by hand: its day is the First of May, the next open one a Monday.</summary>
public sealed class DispatchTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();

    [OneTimeSetUp]
    public void GiveAddresses()
    {
        using var store = LeadStore.Open(_home.Path);
        new AddressBook(store).Put(
            store.Positions().Keys.Select(c => new SeenAddress($"test {c}", $"{c}@example.org", null, DueHome.Now, c)),
            new DateOnly(2026, 5, 1)
        );
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Messages_go_out_on_the_first_open_day_to_whom_they_may_and_once()
    {
        var holiday = Dispatch("2026-05-01");
        Assert.That(holiday.Sum(m => m.GetProperty("sent").GetInt32()), Is.Zero);
        Assert.That(
            holiday.SelectMany(m => m.GetProperty("waiting").EnumerateObject()).Select(cause => cause.Name).Distinct(),
            Is.EquivalentTo(["closed_hours"])
        );

        var sent = Dispatch("2026-05-04").Sum(m => m.GetProperty("sent").GetInt32());
        var messages = Outbox();
        Assert.That(messages, Has.Count.EqualTo(sent));
        Assert.That(sent, Is.InRange(150, 300));
        Assert.That(
            messages.Select(message => message.Body!.Headers["Content-Language"]).Distinct(),
            Is.EquivalentTo(["sv", "en", "de", "nl", "fi"])
        );
        var willing = Consents.Granted(
            Lake.Open(_home.Path),
            Purpose.Marketing,
            new DateTime(2026, 5, 4, 10, 0, 0, DateTimeKind.Utc)
        );
        Assert.That(
            messages.Select(message => message.To.Mailboxes.Single().Address.Split('@')[0]).Except(willing),
            Is.Empty
        );

        Assert.That(Dispatch("2026-05-04T12:30"), Is.Empty, "nothing is due any more");
        Assert.That(Outbox(), Has.Count.EqualTo(sent));
        using var store = LeadStore.Open(_home.Path);
        Assert.That(
            store.Runs(1).Single(),
            Has.Property("Job").EqualTo("dispatch").And.Property("State").EqualTo(RunState.Done)
        );
    }

    [TestCase("2026-5-4")]
    [TestCase("tomorrow")]
    public void A_time_that_is_none_is_refused(string at)
    {
        var said = Leads.Here("dispatch", "--home", _home.Path, "--as-of", at);
        Assert.That(said.ExitCode, Is.EqualTo(2));
        Assert.That(said.Error, Does.Contain($"'{at}' is no time; expected yyyy-mm-dd or yyyy-mm-ddThh:mm"));
    }

    List<System.Text.Json.JsonElement> Dispatch(string at) =>
        [
            .. Leads
                .Done("dispatch", "--home", _home.Path, "--as-of", at, "--json")
                .Json.GetProperty("municipalities")
                .EnumerateArray(),
        ];

    List<MimeMessage> Outbox() =>
        [.. Directory.GetFiles(Path.Combine(_home.Path, "outbox"), "*.eml").Select(file => MimeMessage.Load(file))];
}
