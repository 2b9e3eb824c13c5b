using System.Globalization;
using System.Runtime.Versioning;
using LeadScoring.Worker.Tests.Mail.Sending;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>A disk that is full while messages go out: each goes out at most once, and what cannot be known is shown.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class FullDiskDispatchTests
{
    const int Messages = 4;

    [Test, CancelAfter(120_000)]
    public void Every_message_is_one_file_however_often_the_store_has_no_room()
    {
        using var home = FinishedRun.Home.Twin();
        var planned = DueHome.Plan(home, DueHome.Willing(home, Messages));
        AssertSentBitByBit(home);
        var files = Directory.GetFileSystemEntries(Path.Combine(home.Path, "outbox")).Select(Path.GetFileName).ToList();
        Assert.That(files, Has.Count.EqualTo(planned.Count));
        Assert.That(files, Has.All.EndsWith(".eml").And.All.Not.StartsWith("."));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_server_gets_every_message_once_however_often_the_store_has_no_room()
    {
        using var home = FinishedRun.Home.Twin();
        using var files = SampleHome.Bare();
        await using var sink = new SmtpSink(files.Path);
        DueHome.Plan(home, DueHome.Willing(home, Messages));
        DueHome.SendTo(home, sink);
        AssertSentBitByBit(home);
        Assert.That(sink.Taken.Select(taken => taken.To), Is.Unique.And.Exactly(Messages).Items);
        Assert.That(DueHome.Ask(home, "select count(*) from sendings where state = 'uncertain'"), Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_message_whose_receipt_cannot_be_written_down_counts_as_sent_and_is_shown_as_uncertain()
    {
        using var home = FinishedRun.Home.Twin();
        using var files = SampleHome.Bare();
        await using var sink = new SmtpSink(files.Path);
        DueHome.Plan(home, DueHome.Willing(home, 1));
        DueHome.SendTo(home, sink);
        var journal = Path.Combine(home.Path, "mail", "sendings.ndjson");
        // The server has the message; from now on the disk takes no more.
        sink.BeforeReceipt = _ =>
        {
            File.Move(journal, $"{journal}.aside");
            File.CreateSymbolicLink(journal, "/dev/full");
            return Task.CompletedTask;
        };
        var full = Leads.Here("dispatch", "--home", home.Path);
        FullDisk.AssertTold(full);
        var runs = Leads.Here("jobs", "--home", home.Path, "--json").Json.GetProperty("runs");
        Assert.That(runs[0].GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(runs[0].GetProperty("error").GetString(), Is.EqualTo(full.Error.TrimEnd('\n')));

        sink.BeforeReceipt = null;
        File.Delete(journal);
        File.Move($"{journal}.aside", journal);
        var again = Leads.Here("dispatch", "--home", home.Path, "--json");
        Assert.That(again.ExitCode, Is.EqualTo(3), "somebody should look at it");
        Assert.That(again.Json.GetProperty("municipalities")[0].GetProperty("uncertain").GetInt32(), Is.EqualTo(1));
        Assert.That(Leads.Here("dispatch", "--home", home.Path).Output, Does.Contain("Nothing is due."));
        Assert.That(sink.Taken, Has.Count.EqualTo(1));
        Assert.That(DueHome.Ask(home, "select count(*) from sendings where state = 'uncertain'"), Is.EqualTo(1));
        Assert.That(
            DueHome.Ask(home, "select count(*) from follow_ups where state = 'sent'"),
            Is.GreaterThanOrEqualTo(1)
        );
    }

    /// <summary>Dispatches with room in the write-ahead log for a few pages each, never as many, until all is sent.</summary>
    static void AssertSentBitByBit(SampleHome home)
    {
        var broken = 0;
        for (var room = 120; DueHome.Ask(home, Open) > 0; room += 40)
        {
            var said = FullDisk.Limit(room, "dispatch", "--home", home.Path);
            TestContext.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{room} blocks: {said.ExitCode}, {DueHome.Ask(home, Open)} open, {DueHome.Ask(home, "select count(*) from sendings where state = 'reserved'")} reserved"
                )
            );
            if (said.ExitCode == 0)
                continue;
            broken++;
            if (said.ExitCode != 3)
                FullDisk.AssertTold(said);
        }
        Assert.That(broken, Is.GreaterThan(3), "the store ran out of room again and again");
        Leads.Done("dispatch", "--home", home.Path);
        var runs = Leads.Here("jobs", "--home", home.Path, "--json", "--last", "100").Json.GetProperty("runs");
        Assert.That(
            runs.EnumerateArray().Select(run => run.GetProperty("state").GetString()),
            Is.All.EqualTo("done").Or.EqualTo("failed")
        );
        Assert.That(DueHome.Ask(home, "select count(*) from sendings where state = 'sent'"), Is.EqualTo(Messages));
    }

    const string Open = "select count(*) from follow_ups where cause = 'test' and state <> 'sent'";
}
