using System.Diagnostics;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>An inbox with folders, links and things that are no files.</summary>
[Platform("Linux")]
[Parallelizable]
public sealed class HostileFoldersTests : HostileFixture
{
    string Visits => Path.Combine(Home.Folder, "inbox", "visits");

    [Test]
    public void A_folder_that_is_called_like_a_file_is_gone_through()
    {
        var report = Home.With("visits/a.csv/b.csv", Header + "p,2024-01-01,1,x\n").Ingest();

        Assert.That(
            report.Files.Select(file => (file.Path, file.Accepted)),
            Is.EqualTo([("visits/a.csv/b.csv", 1L), ("visits/good.csv", 2L)])
        );
    }

    [Test]
    public void A_link_to_a_folder_above_is_told_and_not_followed()
    {
        Home.With("visits/deep/a.csv", Header + "p,2024-01-01,1,x\n");
        Directory.CreateSymbolicLink(Path.Combine(Visits, "deep", "round"), "..");
        Directory.CreateSymbolicLink(Path.Combine(Visits, "home"), Home.Folder);

        var report = Home.Ingest();

        Assert.That(report.Files.Select(file => file.Path), Is.EqualTo(["visits/deep/a.csv", "visits/good.csv"]));
        Assert.That(
            report.Warnings.Order(StringComparer.Ordinal),
            Is.EqualTo([
                "inbox/visits/deep/round is a link to a folder above it and is not followed; remove it",
                "inbox/visits/home is a link to a folder above it and is not followed; remove it",
            ])
        );
    }

    [Test]
    public void A_link_to_a_folder_elsewhere_and_to_a_file_is_followed()
    {
        using var elsewhere = new TestHome();
        elsewhere.With("x/a.csv", Header + "p,2024-01-01,1,x\n").With("y.csv", Header + "q,2024-01-01,1,x\n");
        Directory.CreateSymbolicLink(Path.Combine(Visits, "linked"), Path.Combine(elsewhere.Folder, "inbox", "x"));
        File.CreateSymbolicLink(Path.Combine(Visits, "z.csv"), Path.Combine(elsewhere.Folder, "inbox", "y.csv"));

        var report = Home.Ingest();

        Assert.That(
            report.Files.Select(file => (file.Path, file.Accepted)),
            Is.EqualTo([("visits/good.csv", 2L), ("visits/linked/a.csv", 1L), ("visits/z.csv", 1L)])
        );
        Assert.That(report.Warnings, Is.Empty);
    }

    [Test]
    public void Links_that_lead_nowhere_are_told()
    {
        File.CreateSymbolicLink(Path.Combine(Visits, "gone.csv"), "not-there.csv");
        File.CreateSymbolicLink(Path.Combine(Visits, "one.csv"), "two.csv");
        File.CreateSymbolicLink(Path.Combine(Visits, "two.csv"), "one.csv");

        var report = Home.Ingest();

        Assert.That(report.Files.Select(file => file.Path), Is.EqualTo(["visits/good.csv"]));
        Assert.That(
            report.Warnings.Order(StringComparer.Ordinal),
            Is.EqualTo([
                "inbox/visits/gone.csv is a link to a file that is not there; put it there, or remove it",
                "inbox/visits/one.csv is a link to a file that is not there; put it there, or remove it",
                "inbox/visits/two.csv is a link to a file that is not there; put it there, or remove it",
            ])
        );
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_pipe_keeps_nobody_waiting(CancellationToken cancellation)
    {
        using var made = Process.Start("mkfifo", Path.Combine(Visits, "pipe.csv"));
        made.WaitForExit();
        Assert.That(made.ExitCode, Is.Zero);

        var file = Ingest.Run(Home.Folder, null, null, cancellation).Refused.Single();

        Assert.That(file.Refusal, Does.StartWith("inbox/visits/pipe.csv: the file is empty (0 bytes)"));
    }

    [Test]
    public void A_file_that_cannot_be_read_to_its_end_is_refused()
    {
        // The memory of this process: the system opens it and refuses its first byte.
        File.CreateSymbolicLink(Path.Combine(Visits, "memory.csv"), "/proc/self/mem");

        Assert.That(Home.Ingest().Refused.Single().Refusal, Does.StartWith("inbox/visits/memory.csv: "));
    }

    [TestCase("a[1].csv")]
    [TestCase("a*.csv")]
    [TestCase("it's {x} \"y\".csv")]
    [TestCase("line\nbreak.csv")]
    [TestCase("-rf.csv")]
    [TestCase("Överkalix å 日本 😀.csv")]
    public void A_strange_name_is_a_name(string name)
    {
        var file = Read(Header + "p,2024-01-01,1,x\nq,never,1,x\n", name);

        Assert.That((file.Path, file.Accepted, file.Rejected), Is.EqualTo(("visits/" + name, 1L, 1L)));
        Assert.That(Home.Rejects(file), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_begins_with_a_dot_is_left_alone()
    {
        var report = Home.With("visits/.hidden.csv", "nonsense").With("visits/.git/config", "nonsense").Ingest();

        Assert.That(report.Files.Select(file => file.Path), Is.EqualTo(["visits/good.csv"]));
    }

    [Test]
    public void A_file_beside_the_folders_is_told()
    {
        var report = Home.With("loose.csv", Good).Ingest();

        Assert.That(
            report.Warnings,
            Is.EqualTo(["inbox/loose.csv lies beside the sources' folders and is not read; move it to inbox/<source>/"])
        );
    }

    [Test]
    public void Two_files_that_are_refused_are_both_told()
    {
        Home.With("visits/one.csv", "").With("visits/two.csv", "");

        Assert.That(Home.Ingest().Refused.Select(file => file.Path), Is.EqualTo(["visits/one.csv", "visits/two.csv"]));
    }
}
