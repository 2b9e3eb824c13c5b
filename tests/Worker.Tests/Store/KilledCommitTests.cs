using System.Collections;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

public class KilledCommitTests
{
    [Test]
    public void A_kill_at_any_row_of_a_commit_leaves_the_store_before_it()
    {
        using var home = new TemporaryHome();
        var contacts = Enumerable.Range(0, 4_000).Select(i => $"k{i:D5}").ToArray();
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k00001"));
        var before = store.Dump();

        // The files as a killed process would leave them: copied in the middle of the transaction, pages spilled or not.
        var commit = Commits.Of(Commits.Day.AddDays(1), contacts);
        var copied = new WatchedPlaces(
            [.. commit.Places],
            row =>
            {
                if (row is not (0 or 1 or 1_999 or 3_999))
                    return;
                var killed = Directory.CreateDirectory(home.File($"killed-{row}")).FullName;
                foreach (var file in Directory.GetFiles(home.Path))
                    if (!file.EndsWith("-shm", StringComparison.Ordinal))
                        Copy(file, Path.Combine(killed, Path.GetFileName(file)));
            }
        );
        store.CommitFunnel(commit with { Places = copied });

        var homes = Directory.GetDirectories(home.Path);
        Assert.That(homes, Has.Length.EqualTo(4));
        foreach (var killed in homes)
        {
            using var after = LeadStore.Open(killed);
            Assert.That(after.Dump(), Is.EqualTo(before), killed);
            after.CommitFunnel(commit);
            Assert.That(after.Dump(), Is.EqualTo(store.Dump()), "a second try ends where an undisturbed run does");
        }
    }

    static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.Create(to);
        source.CopyTo(target);
    }

    /// <summary>Tells each row's number when it is asked for.</summary>
    sealed class WatchedPlaces(IReadOnlyList<ListPlace> places, Action<int> asked) : IReadOnlyCollection<ListPlace>
    {
        public int Count => places.Count;

        public IEnumerator<ListPlace> GetEnumerator()
        {
            for (var row = 0; row < places.Count; row++)
            {
                asked(row);
                yield return places[row];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
