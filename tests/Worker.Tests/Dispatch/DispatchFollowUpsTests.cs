using LeadScoring.Funnel.FollowUps;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class DispatchFollowUpsTests(StoreKind kind)
{
    [Test]
    public void A_message_waits_for_open_hours_goes_out_once_and_in_the_contacts_language()
    {
        using var home = new DispatchHome(kind, "anna");
        var planned = home.Plan("anna", due: DispatchHome.Morning.AddHours(-4));
        home.Time.Now = new(DispatchHome.Morning.AddHours(-3.5));
        Assert.That(home.Dispatch().Waiting, Is.EqualTo(Only("closed_hours")), "half past five in the morning");
        Assert.That(home.Sendings.MunicipalitiesDue(DispatchHome.Morning.AddHours(-2.1)), Is.Empty);

        home.Time.Now = new(DispatchHome.Morning.AddHours(-2));
        Assert.That(home.Dispatch().Sent, Is.EqualTo(1), "seven o'clock");
        Assert.That(home.Dispatch().Sent, Is.Zero);
        var message = home.Outbox.Single();
        Assert.That(message.To.ToString(), Is.EqualTo("anna@example.org"));
        Assert.That(message.Body!.Headers["Content-Language"], Is.EqualTo("de"));
        Assert.That(message.TextBody, Does.Contain("Boden"));
        Assert.That(home.State(planned), Is.EqualTo(FollowUpState.Sent));
        var sent = home.Sendings.Of(new("anna")).Single();
        Assert.That((sent.Variant, sent.State), Is.EqualTo(("interest.email", SentState.Sent)));
    }

    [Test]
    public void A_second_message_of_the_day_waits_for_the_cap()
    {
        using var home = new DispatchHome(kind, "anna");
        home.Plan("anna");
        var second = home.Plan("anna", FollowUpKind.Question);
        var figures = home.Dispatch();
        Assert.That(figures.Sent, Is.EqualTo(1));
        Assert.That(figures.Waiting, Is.EqualTo(Only("capped")));
        home.Time.Now = new(DispatchHome.Morning.AddHours(23.9));
        Assert.That(home.Sendings.MunicipalitiesDue(home.Time.Now.UtcDateTime), Is.Empty);
        home.Time.Now = new(DispatchHome.Morning.AddHours(24));
        Assert.That(home.Dispatch().Sent, Is.EqualTo(1));
        Assert.That(home.State(second), Is.EqualTo(FollowUpState.Sent));
    }

    [TestCase("anna,objection,true,2026-03-03T20:00:00Z", "objected")]
    [TestCase("anna,marketing,false,2026-03-03T20:00:00Z", "no_consent")]
    [TestCase("anna,profiling,false,2026-03-03T20:00:00Z", "no_consent")]
    public void What_is_taken_back_between_planning_and_sending_stops_the_message(string said, string cause)
    {
        using var home = new DispatchHome(kind, "anna");
        var planned = home.Plan("anna");
        home.Say(said);
        Assert.That(home.Dispatch().Lapsed, Is.EqualTo(Only(cause)));
        Assert.That((home.State(planned), home.Why(planned)), Is.EqualTo((FollowUpState.Lapsed, (object)cause)));
        Assert.That(home.Outbox, Is.Empty);
    }

    [Test]
    public void A_stop_holds_from_its_click_on_until_a_later_consent()
    {
        using var home = new DispatchHome(kind, "anna", "bo");
        home.Plan("anna");
        home.Plan("bo");
        home.Time.Now = new(DispatchHome.Morning.AddHours(-1));
        var desk = AnswerDesk.Open(home.Path, home.Time);
        desk.Stops.Stop(new("anna"), StopWay.OneClick);
        desk.Stops.Stop(new("bo"), StopWay.Page);
        home.Say("bo,marketing,true,2026-03-04T07:30:00Z");
        home.Time.Now = new(DispatchHome.Morning);
        var figures = home.Dispatch();
        Assert.That(figures.Lapsed, Is.EqualTo(Only("stopped")));
        Assert.That(home.Outbox.Single().To.ToString(), Is.EqualTo("bo@example.org"));
    }

    [Test]
    public void Who_has_no_address_or_one_that_leads_nowhere_gets_nothing()
    {
        using var home = new DispatchHome(kind, "anna", "bo");
        home.Plan("anna");
        home.Plan("bo");
        new ReturnLedger(home.Path, LinkSecret.Of(home.Path), home.Time).Note(
            "1",
            new MailReturn(ReturnKind.Hard, null, null, "Anna@example.org", "5.1.1")
        );
        new AddressBook(home.Store).Forget([new("bo")]);
        Assert.That(
            home.Dispatch().Lapsed,
            Is.EqualTo(new Dictionary<string, int> { ["bounced"] = 1, ["no_channel"] = 1 })
        );
    }

    [Test]
    public void After_an_answer_nothing_more_goes_until_the_funnel_has_taken_it_in()
    {
        using var home = new DispatchHome(kind, "anna");
        var first = home.Plan("anna");
        home.Dispatch();
        var question = home.Plan("anna", FollowUpKind.Question, DispatchHome.Morning.AddDays(1));
        var answered = DispatchHome.Morning.AddDays(1).AddHours(-1);
        home.Time.Now = new(answered);
        AnswerDesk
            .Open(home.Path, home.Time)
            .Inbox.Record(new LinkClaim(Answer.Maybe, new("anna"), first.Key, 2582, "de", DateOnly.MaxValue));

        home.Time.Now = new(DispatchHome.Morning.AddDays(1));
        Assert.That(home.Dispatch().Waiting, Is.EqualTo(Only("answered")));
        home.Store.CommitFunnel(
            new(Commits.Of().Watermark)
            {
                Positions = [Commits.Position("anna", Commits.Day) with { LastSignal = answered }],
            }
        );
        home.Time.Now = new(DispatchHome.Morning.AddDays(1).AddHours(1));
        Assert.That(home.Dispatch().Sent, Is.EqualTo(1));
        Assert.That(home.State(question), Is.EqualTo(FollowUpState.Sent));
    }

    [Test]
    public void A_call_stays_with_the_officers_until_it_is_made_or_too_late()
    {
        using var home = new DispatchHome(kind, "anna", "bo");
        var made = home.Plan("anna", FollowUpKind.Call);
        var late = home.Plan("bo", FollowUpKind.Call);
        Assert.That(home.Dispatch().Waiting, Is.EqualTo(new Dictionary<string, int> { ["with_officer"] = 2 }));
        Assert.That(home.Dispatch().Waiting, Is.Empty, "once a day is enough");
        home.Put(
            "outcomes",
            "outcomes.csv",
            "outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code\n1;anna;called;2026-03-04;2026-03-05;2582\n2;bo;called;2026-03-04;2026-03-05;2581\n"
        );
        home.Ingest();
        home.Time.Now = new(DispatchHome.Morning.AddDays(3));
        Assert.That(home.Dispatch().Done, Is.EqualTo(1));
        Assert.That(home.State(made), Is.EqualTo(FollowUpState.Done));
        Assert.That(home.State(late), Is.EqualTo(FollowUpState.Planned), "another municipality has called");
        home.Time.Now = new(DispatchHome.Morning.AddDays(30));
        Assert.That(home.Dispatch().Lapsed, Is.EqualTo(Only("too_late")));
    }

    [Test]
    public void What_a_dead_worker_had_reserved_is_decided_anew_and_goes_once()
    {
        using var home = new DispatchHome(kind, "anna", "bo", "cia");
        var plans = new[] { home.Plan("anna"), home.Plan("bo"), home.Plan("cia") };
        foreach (var planned in plans)
            home.Sendings.Decide(
                new(planned, null, (_, _) => SendDecision.Now(MessageChannel.Email), "interest.email"),
                DispatchHome.Morning
            );
        // Anna's was never handed over, nor bo's, who has objected since; cia's was, as far as anybody knows.
        home.Say("bo,objection,true,2026-03-04T07:00:00Z");
        var secret = LinkSecret.Of(home.Path);
        new SendLedger(home.Path, home.Time).Note(MessageName.Of(plans[2].Key, secret), SendingState.Unknown);

        var figures = home.Dispatch();
        Assert.That((figures.Sent, figures.Uncertain), Is.EqualTo((2, 1)));
        Assert.That(figures.Lapsed, Is.EqualTo(Only("objected")));
        Assert.That(home.Outbox.Single().To.ToString(), Is.EqualTo("anna@example.org"));
        Assert.That(home.Sendings.Of(new("bo")), Is.Empty, "what did not go does not count");
        Assert.That(home.Sendings.Of(new("cia")).Single().State, Is.EqualTo(SentState.Uncertain));
        Assert.That(home.Sendings.OnTheirWay(DispatchHome.Boden), Is.Empty);
    }

    [Test]
    public void Variants_are_tried_side_by_side_and_chosen_by_the_seed_alone()
    {
        string[] contacts = [.. Enumerable.Range(0, 40).Select(i => $"k{i:00}")];
        var chosen = Enumerable.Range(0, 2).Select(_ => Variants()).ToList();
        Assert.That(chosen[0], Is.EqualTo(chosen[1]));
        Assert.That(
            chosen[0].CountBy(variant => variant).Select(count => (count.Key, count.Value >= 8)).Order(),
            Is.EqualTo(new[] { ("interest.email", true), ("interest.email+short", true) })
        );

        List<string> Variants()
        {
            using var home = new DispatchHome(kind, contacts);
            Directory.CreateDirectory(home.File("templates"));
            File.WriteAllText(
                home.File("templates", "interest.email+short.de.md"),
                "subject: Kurz\npreheader: Kurz\n\nHallo aus {municipality}.\n"
            );
            foreach (var contact in contacts)
                home.Plan(contact);
            Assert.That(home.Dispatch().Sent, Is.EqualTo(40));
            Assert.That(home.Outbox.Count(m => m.Subject is "Kurz"), Is.InRange(8, 32));
            return [.. contacts.Select(contact => home.Sendings.Of(new(contact)).Single().Variant)];
        }
    }

    static Dictionary<string, int> Only(string cause) => new() { [cause] = 1 };
}
