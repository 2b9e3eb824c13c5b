using LeadScoring.Funnel.FollowUps;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class WithdrawalTests(StoreKind kind)
{
    [Test]
    public void One_who_withdraws_is_on_no_list_and_gets_nothing_more()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1", "k2"));

        Assert.That(store.Withdraw([new("k1")]), Is.EqualTo((1, 1)));
        Assert.That(Shown(store), Is.EqualTo(new[] { "k2" }));
        Assert.That(store.FollowUpsPlanned().Select(f => f.FollowUp.Contact.Value), Is.EqualTo(new[] { "k2" }));
        Assert.That(store.FollowUpsOf(new("k1")).Single().State, Is.EqualTo(FollowUpState.Lapsed));
        Assert.That(store.Withdraw([new("k1")]), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_withdrawal_within_a_commit_beats_what_the_same_commit_planned()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);

        var rows = store.CommitFunnel(Commits.Of("k1", "k2") with { Withdrawn = [new("k1")] });
        Assert.That(rows, Is.EqualTo(new CommittedRows(2, 2, 2, 2, 1, 1)));
        Assert.That(Shown(store), Is.EqualTo(new[] { "k2" }));
    }

    [Test]
    public void A_place_left_stays_used_until_the_contact_is_given_it_back()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1", "k2"));
        store.Withdraw([new("k1")]);
        Assert.That(store.ListPlaces(Commits.Week), Has.Count.EqualTo(2));
        Assert.That(Shown(store), Is.EqualTo(new[] { "k2" }));

        store.CommitFunnel(Commits.Of("k1", "k2"));
        Assert.That(Shown(store), Is.EqualTo(new[] { "k1", "k2" }));
    }

    [Test]
    public void One_who_is_not_shared_leaves_the_lists_and_still_gets_mail()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var mail = Commits.FollowUp("k1", Commits.Day);
        var call = mail with { Key = "k1:call", Kind = FollowUpKind.Call };

        var rows = store.CommitFunnel(Commits.Of("k1") with { FollowUps = [mail, call], Unshared = [new("k1")] });
        Assert.That((rows.PlacesLeft, rows.FollowUpsLapsed), Is.EqualTo((1, 1)));
        Assert.That(Shown(store), Is.Empty);
        Assert.That(store.FollowUpsPlanned().Select(f => f.FollowUp), Is.EqualTo(new[] { mail }));
    }

    [Test]
    public void What_was_sent_before_a_withdrawal_stays_sent()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        store.Settle(Commits.FollowUp("k1", Commits.Day).Key, FollowUpState.Sent);
        store.Withdraw([new("k1")]);
        Assert.That(store.FollowUpsOf(new("k1")).Single().State, Is.EqualTo(FollowUpState.Sent));
    }

    [Test]
    public void An_erased_contact_leaves_only_its_hash_even_in_the_files()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1", "erase-me-please"));
        var contact = new ContactId("erase-me-please");

        Assert.That(store.Erase(contact, "5a17ed", Commits.Day), Is.True);
        Assert.That(store.Erase(contact, "5a17ed", Commits.Day), Is.False);
        Assert.That(store.Dump(), Does.Not.Contain(contact.Value).And.Contain("k1"));
        Assert.That(store.Suppressions(), Is.EqualTo(new[] { "5a17ed" }));
        foreach (var file in Directory.GetFiles(home.Path))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.That(reader.ReadToEnd(), Does.Not.Contain(contact.Value), file);
        }
    }

    static IEnumerable<string> Shown(LeadStore store) =>
        store.ListPlaces(Commits.Week).Where(p => !p.HasLeft).Select(p => p.Contact.Value);
}
