using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

public class SameOnBothTests
{
    [Test]
    public void The_same_commits_leave_the_same_store_on_both_databases()
    {
        var dumps = Enum.GetValues<StoreKind>().Select(Filled).ToArray();
        Assert.That(dumps[0].Split('\n'), Has.Length.EqualTo(6 * 599 + 1 + 2 + 1 + 1), "all of it is shown");
        Assert.That(dumps[1], Is.EqualTo(dumps[0]));
    }

    /// <summary>Two days of 600 contacts, more than one round trip holds, with names that a language would sort otherwise.</summary>
    static string Filled(StoreKind kind)
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        string[] contacts =
        [
            .. Enumerable
                .Range(0, 600)
                .Select(i =>
                    (i % 3) switch
                    {
                        0 => $"k{i}",
                        1 => $"K-{i}",
                        _ => $"å{i}",
                    }
                ),
        ];
        store.CommitFunnel(Commits.Of(contacts));
        var next = Commits.Of(Commits.Day.AddDays(1), contacts);
        store.CommitFunnel(
            next with
            {
                Changes = [.. next.Changes.Select((c, i) => c with { Lift = i / 7.0 })],
                FollowUps = [],
                Withdrawn = [new("k0"), new("k3")],
            }
        );
        store.Settle(Commits.FollowUp("K-1", Commits.Day).Key, FollowUpState.Sent);
        new Sendings(store).Decide(Commits.Sending("K-7", "h7"), Commits.FollowUp("K-7", Commits.Day).DueAt);
        store.Erase(new("K-4"), "5a17ed", Commits.Day);
        store.Erase(new("nobody"), "5a17ee", Commits.Day);
        return store.Dump();
    }
}
