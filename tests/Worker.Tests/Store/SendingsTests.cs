using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>Monday 2 March 2026; the follow-ups are due on Wednesday at 08:00 UTC.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class SendingsTests(StoreKind kind)
{
    static readonly DateTime Due = Commits.FollowUp("k1", Commits.Day).DueAt;
    static readonly DateTime Now = Due.AddHours(1);

    [Test]
    public void What_goes_is_on_its_way_counts_at_once_and_is_nobody_elses()
    {
        using var home = new StoreHome(kind);
        using var store = Open(home, "k1", "k2");
        var sendings = new Sendings(store);
        var seen = new List<(Stage Stage, SentBefore Before)>();

        Assert.That(sendings.Due(2582, Due.AddMicroseconds(-1)), Is.Empty);
        Assert.That(sendings.MunicipalitiesDue(Due), Is.EqualTo(new[] { 2582 }));
        Assert.That(sendings.Due(2582, Due).Select(f => f.Contact.Value), Is.EqualTo(new[] { "k1", "k2" }));
        Assert.That(sendings.Due(2581, Due), Is.Empty);

        Assert.That(Decide(sendings, "k1", Go, "h1", seen), Is.EqualTo(Go));
        Assert.That(Decide(sendings, "k1", Go, "h1", seen), Is.Null, "it is not planned any more");
        Decide(sendings, "k2", Go, "h1", seen);
        Assert.That(seen.Select(s => s.Stage), Is.All.EqualTo(Stage.Interest));
        Assert.That(seen[0].Before.ToHousehold, Is.Empty);
        Assert.That(seen[2].Before.ToContact, Is.Empty);
        Assert.That(seen[2].Before.ToHousehold, Is.EqualTo(new[] { Now }));
        Assert.That(seen[2].Before.OfKindThisWeek, Is.EqualTo(1));
        Assert.That(sendings.OnTheirWay(2582).Select(f => f.Contact.Value), Is.EqualTo(new[] { "k1", "k2" }));
        Assert.That(sendings.Due(2582, Now), Is.Empty);
    }

    [Test]
    public void A_run_of_the_funnel_lapses_what_is_planned_and_not_what_is_on_its_way()
    {
        using var home = new StoreHome(kind);
        using var store = Open(home, "k1", "k2");
        var sendings = new Sendings(store);
        Decide(sendings, "k1", Go);
        store.Withdraw([new("k1"), new("k2")]);
        Assert.That(State(store, "k1"), Is.EqualTo(FollowUpState.Sending));
        Assert.That(State(store, "k2"), Is.EqualTo(FollowUpState.Lapsed));
        Assert.That(home.Ask("select why from follow_ups where contact = 'k2'"), Is.EqualTo("no_consent"));
        Assert.That(sendings.Sent(Key("k1"), isCertain: true), Is.True);
        Assert.That(State(store, "k1"), Is.EqualTo(FollowUpState.Sent));
        Assert.That(sendings.Lapse(Key("k1"), "late"), Is.False, "what has gone has gone");
    }

    [Test]
    public void What_waits_is_looked_at_again_at_its_instant_and_what_lapses_says_why()
    {
        using var home = new StoreHome(kind);
        using var store = Open(home, "k1", "k2");
        var sendings = new Sendings(store);
        Decide(sendings, "k1", SendDecision.Later(Now.AddHours(5), SendCause.Capped));
        Decide(sendings, "k2", SendDecision.Never(SendCause.Objected));
        Assert.That(sendings.MunicipalitiesDue(Now.AddHours(5).AddMicroseconds(-1)), Is.Empty);
        Assert.That(sendings.Due(2582, Now.AddHours(5)).Single().Contact.Value, Is.EqualTo("k1"));
        Assert.That(home.Ask("select why from follow_ups where contact = 'k1'"), Is.EqualTo("capped"));
        Assert.That(home.Ask("select why from follow_ups where contact = 'k2'"), Is.EqualTo("objected"));
        Assert.That(State(store, "k2"), Is.EqualTo(FollowUpState.Lapsed));
        Assert.That(sendings.Of(new("k1")), Is.Empty);
    }

    [Test]
    public void What_was_not_taken_is_planned_again_and_does_not_count()
    {
        using var home = new StoreHome(kind);
        using var store = Open(home, "k1");
        var sendings = new Sendings(store);
        Decide(sendings, "k1", Go);
        Assert.That(sendings.Release(Key("k1"), Now.AddMinutes(5), "unreachable"), Is.True);
        Assert.That(sendings.Release(Key("k1"), Now, null), Is.False);
        Assert.That(sendings.Of(new("k1")), Is.Empty);
        Assert.That(sendings.Due(2582, Now.AddMinutes(4)), Is.Empty);
        Assert.That(Decide(sendings, "k1", Go), Is.EqualTo(Go));
        sendings.Sent(Key("k1"), isCertain: false);
        Assert.That(sendings.Of(new("k1")).Single().State, Is.EqualTo(SentState.Uncertain));
    }

    [Test]
    public void An_erased_contact_takes_what_was_sent_with_it()
    {
        using var home = new StoreHome(kind);
        using var store = Open(home, "k1", "k2");
        var sendings = new Sendings(store);
        Decide(sendings, "k1", Go);
        sendings.Sent(Key("k1"), isCertain: true);
        store.Erase(new("k1"), "5a17ed", Commits.Day);
        Assert.That(home.Ask("select count(*) from sendings"), Is.Zero);
        Assert.That(Decide(sendings, "k1", Go), Is.Null);
    }

    [Test]
    public void Variants_are_counted_as_they_were_known_at_an_instant()
    {
        using var home = new StoreHome(kind);
        using var store = Open(home, "k1", "k2", "k3", "k4");
        var sendings = new Sendings(store);
        // Sent on 4 March 09:00: k1 as a, the others as b. k2 answers on the 5th, k3 on the 6th.
        foreach (var contact in (string[])["k1", "k2", "k3", "k4"])
        {
            Decide(sendings, contact, Go, variant: contact is "k1" ? "a" : "b");
            sendings.Sent(Key(contact), isCertain: true);
        }
        Assert.That(sendings.Answered(Key("k2"), Now.AddDays(1)), Is.True);
        Assert.That(sendings.Answered(Key("k2"), Now.AddDays(3)), Is.False, "the first answer counts");
        Assert.That(sendings.Answered(Key("k3"), Now.AddDays(2)), Is.True);

        var week = TimeSpan.FromDays(7);
        Assert.That(
            Counts(Now.AddDays(2), week),
            Is.EqualTo(
                new[]
                {
                    new VariantCount(2582, Stage.Interest, "a", Sent: 1, Answered: 0, Awaited: 1),
                    new VariantCount(2582, Stage.Interest, "b", Sent: 3, Answered: 1, Awaited: 2),
                }
            )
        );
        Assert.That(
            Counts(Now.AddDays(8), week),
            Is.EqualTo(
                new[]
                {
                    new VariantCount(2582, Stage.Interest, "a", Sent: 1, Answered: 0, Awaited: 0),
                    new VariantCount(2582, Stage.Interest, "b", Sent: 3, Answered: 2, Awaited: 0),
                }
            )
        );
        Assert.That(sendings.Counts(FollowUpKind.Question, Now.AddDays(8), week).Rows, Is.Empty);

        IReadOnlyList<VariantCount> Counts(DateTime known, TimeSpan within) =>
            sendings.Counts(FollowUpKind.Email, known, within).Rows;
    }

    /// <summary>Four dispatchers decide on the same 40 follow-ups: of 20 contacts, two in each household.</summary>
    [Test]
    public void No_cap_is_broken_by_dispatchers_that_decide_at_the_same_time()
    {
        using var home = new StoreHome(kind);
        var contacts = Enumerable.Range(0, 20).Select(i => $"k{i:00}").ToList();
        using (var store = LeadStore.Open(home.Path))
            store.CommitFunnel(
                Commits.Of(Commits.Day, contacts) with
                {
                    FollowUps = [.. contacts.SelectMany(c => new[] { FollowUp(c, 1), FollowUp(c, 2) })],
                }
            );
        var usual = PolicySet.BuiltIn.For(2582);
        var policy = usual with
        {
            Sending = usual.Sending with
            {
                HouseholdCaps = new(1, 3, 6),
                WeeklyLimits = new Dictionary<FollowUpKind, int>(usual.Sending.WeeklyLimits)
                {
                    [FollowUpKind.Email] = 7,
                },
            },
        };
        using var start = new Barrier(4);
        using var pause = new ManualResetEventSlim();
        Parallel.For(
            0,
            4,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            nth =>
            {
                using var store = LeadStore.Open(home.Path);
                var sendings = new Sendings(store);
                var due = sendings.Due(2582, Now);
                start.SignalAndWait();
                // Each in an order of its own, so that they meet at different ones.
                foreach (var followUp in due.Skip(nth * 10).Concat(due.Take(nth * 10)))
                    sendings.Decide(
                        new(
                            followUp,
                            Household(followUp),
                            (stage, before) =>
                            {
                                // What the others note now would come too late for this decision, were it not kept out.
                                pause.Wait(10);
                                return MaySend.Of(followUp, Willing(stage), before, policy, Now);
                            },
                            "a"
                        ),
                        Now
                    );
            }
        );
        using var after = LeadStore.Open(home.Path);
        var sent = new Sendings(after).OnTheirWay(2582);
        Assert.That(sent, Has.Count.EqualTo(7), "of ten households one each may have, of the week seven");
        Assert.That(sent.Select(Household), Is.Unique);
        Assert.That(home.Ask("select count(*) from sendings"), Is.EqualTo(7));

        static string Household(FollowUp followUp) =>
            $"h{int.Parse(followUp.Contact.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) / 2}";
    }

    static readonly SendDecision Go = SendDecision.Now(MessageChannel.Email);

    static Recipient Willing(Stage stage) =>
        new(stage, false, true, true, true, [MessageChannel.Email], [], IsHeldOut: false);

    static LeadStore Open(StoreHome home, params string[] contacts)
    {
        var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of(contacts));
        return store;
    }

    static SendDecision? Decide(
        Sendings sendings,
        string contact,
        SendDecision decision,
        string? household = null,
        List<(Stage, SentBefore)>? seen = null,
        string variant = "interest.email"
    ) =>
        sendings.Decide(
            new(
                Commits.FollowUp(contact, Commits.Day),
                household,
                (stage, before) =>
                {
                    seen?.Add((stage, before));
                    return decision;
                },
                variant
            ),
            Now
        );

    static FollowUp FollowUp(string contact, int step) =>
        Commits.FollowUp(contact, Commits.Day) with
        {
            Key = $"{contact}/{step}",
        };

    static string Key(string contact) => Commits.FollowUp(contact, Commits.Day).Key;

    static FollowUpState State(LeadStore store, string contact) => store.FollowUpsOf(new(contact)).Single().State;
}
