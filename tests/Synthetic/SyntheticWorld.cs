using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.People;
using LeadScoring.Synthetic.Traces;
using LeadScoring.Synthetic.Truth;

namespace LeadScoring.Synthetic;

/// <summary>
/// A world of invented people whose hidden intent to move is known: their traces as ten sources export them, and the truth.
/// The model is described in <c>docs/synthetic-world.md</c>.
/// </summary>
public static class SyntheticWorld
{
    /// <summary>
    /// Writes <c>inbox/</c> and <c>truth.parquet</c> under a folder, replacing what an earlier world left there. The same options
    /// give the same bytes.
    /// </summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message names everything wrong with them.</exception>
    public static WorldSummary Write(SyntheticOptions options, string outDir, CancellationToken cancellation = default)
    {
        if (options.Errors() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        var folder = Path.Combine(outDir, "inbox");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);

        var calendar = new Calendar(options.End.AddMonths(-options.Months), options.End);
        using var inbox = new ExportInbox(folder, calendar);
        using var truth = new TruthFile(outDir);
        var check = new SelfCheck(calendar);
        var movers = 0;
        for (var number = 0; number < options.Contacts; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var life = Life.Of(options.Seed, calendar, number);
            EmitTraces(life, inbox);
            TellTruth(life, truth, check);
            movers += life.Path.MovedDay < calendar.Days ? 1 : 0;
        }
        Strangers.Emit(options, calendar, inbox.Web);
        LeadForms.EmitOthers(options, calendar, inbox.LeadForms);

        using var database = ParquetFile.OpenDatabase();
        using var connection = database.Connect();
        inbox.Finish(connection);
        truth.Finish(connection);
        return new(options, inbox.Written(), movers, truth.Rows, check.Snapshots, check.OracleAuc, check.NaiveAucs);
    }

    // Consents first: they decide who is written to. Officers last: they call upon what the others left.
    static void EmitTraces(Life life, ExportInbox inbox)
    {
        new Register(life, inbox.Contacts).Emit();
        new Consenting(life, inbox.Consents).Emit();
        new WebVisits(life, inbox.Web).Emit();
        new Newsletters(life, inbox.Newsletter).Emit();
        new LeadForms(life, inbox.LeadForms).Emit();
        new FairTalks(life, inbox.FairTalks).Emit();
        Inquiries.Emit(life, inbox.Inquiries);
        new Questions(life, inbox.Answers, inbox.SmsReplies).Emit();
        new Officers(life, inbox.Outcomes).Emit();
        life.Touches.Sort((a, b) => a.Day.CompareTo(b.Day));
    }

    static void TellTruth(Life life, TruthFile truth, SelfCheck check)
    {
        var snapshots = life.Calendar.Snapshots;
        for (var i = 0; i < snapshots.Count; i++)
        {
            var day = snapshots[i].Day;
            if (day <= life.Contact.ArrivalDay || life.Path.MovedDay < day)
                continue;
            var likelihood = life.Path.Likelihood(life.Likelihood, day);
            truth.Write(life, snapshots[i], life.At(day), likelihood);
            check.Add(life, i, likelihood);
        }
    }
}
