using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Steps.Packed;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Steps.Packed;

public sealed class PackedCommitTests
{
    static readonly DateOnly Day = new(2026, 3, 2);
    static readonly DateTime Instant = new(2026, 3, 1, 8, 30, 0, DateTimeKind.Utc);

    [Test]
    public void Changes_come_out_as_they_were_put_in_and_in_their_order()
    {
        StageChange[] changes =
        [
            new(new("bo"), null, Stage.Attention, Day, Cause.Entered, null, null, null, Day),
            new(
                new("anna"),
                Stage.Attention,
                Stage.Closed,
                Day.AddDays(-400),
                Cause.Silence,
                new Signal(SignalKind.Opened, Instant, 0, Automated: true),
                0,
                "m-1",
                Day
            ),
            new(
                new("bo"),
                Stage.Closed,
                Stage.Stayed,
                Day,
                Cause.Stayed,
                new Signal(SignalKind.Consented, DateTime.MinValue, 2584, Automated: false),
                double.NaN,
                "m-2",
                Day.AddDays(1)
            ),
        ];
        var packed = new PackedChanges(new ContactNumbers());
        foreach (var change in changes)
            packed.Add(change);
        Assert.That(packed, Is.EqualTo(changes));
        Assert.That(packed, Has.Count.EqualTo(3));
    }

    [Test]
    public void Follow_ups_come_out_as_they_were_put_in_whatever_their_keys()
    {
        FollowUp[] followUps =
        [
            Planned("anna/Desire/2026-03-02/Email/1", "anna", FollowUpKind.Email, 0),
            Planned("k/1/Desire/2026-03-02/Email/1", "k/1", FollowUpKind.Call, 2584),
            Planned("anna/Desire/2026-03-02/Email/1", "k", FollowUpKind.Question, 2506),
            Planned("anna", "anna", FollowUpKind.Invitation, 2506),
        ];
        var packed = new PackedFollowUps(new ContactNumbers());
        foreach (var one in followUps)
            packed.Add(one);
        Assert.That(packed, Is.EqualTo(followUps));
    }

    [Test]
    public void Positions_keep_the_order_of_their_first_coming_and_the_latest_of_each_contact()
    {
        var numbers = new ContactNumbers();
        numbers.Of(new ContactId("never put in"));
        var packed = new PackedPositions(numbers);
        FunnelPosition anna = new(new("anna"), Stage.Desire, Day, Instant, 2584, 2506, Cause.Entered, "m", Day);
        FunnelPosition bo = new(
            new("bo"),
            Stage.Closed,
            Day,
            null,
            0,
            0,
            Cause.Silence,
            null,
            Day,
            new Word(SignalKind.Objected, Instant)
        );
        packed.Put(anna with { Stage = Stage.Action, ModelId = null });
        packed.Put(bo);
        packed.Put(anna);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(packed.Values, Is.EqualTo(new[] { anna, bo }));
            Assert.That(packed.Keys, Is.EqualTo(new[] { anna.Contact, bo.Contact }));
            Assert.That(packed[bo.Contact], Is.EqualTo(bo));
            Assert.That(packed.ContainsKey(new("never put in")), Is.False);
            Assert.That(packed.ContainsKey(new("nobody")), Is.False);
        }
    }

    [Test]
    public void Rows_of_many_pieces_are_found_by_their_number()
    {
        var contacts = new PackedContacts(new ContactNumbers());
        ContactId[] ids = [.. Enumerable.Range(0, 70_000).Select(i => new ContactId($"k{i % 40_000}"))];
        foreach (var id in ids)
            contacts.Add(id);
        Assert.That(contacts, Is.EqualTo(ids));
    }

    static FollowUp Planned(string key, string contact, FollowUpKind kind, int municipality) =>
        new(key, new(contact), municipality, kind, Stage.Desire, Instant, Cause.Entered);
}
