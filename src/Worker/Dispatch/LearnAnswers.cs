using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Dispatch;

/// <summary>Finds which of the messages sent were answered: by a link, or by a step forward that the contact took after it.</summary>
/// <remarks>
/// An answer is dated by when it was given, not by when it is found, so that counts of a past instant are the same
/// whenever they are made. A move by likelihood alone answers nothing.
/// </remarks>
public static class LearnAnswers
{
    /// <summary>Nothing is found out later than so long after the time for answers is over.</summary>
    static readonly TimeSpan Late = TimeSpan.FromDays(30);

    /// <param name="within">Time for which an answer is waited for.</param>
    /// <returns>Answers that are new.</returns>
    public static int Run(LeadStore store, AnswerInbox inbox, TimeSpan within, DateTime now)
    {
        var sendings = new Sendings(store);
        var answered = 0;
        foreach (var rows in sendings.Unanswered(now - within - Late).GroupBy(row => row.Key, StringComparer.Ordinal))
        {
            var latest = rows.First().At + within;
            var acts = rows.Where(row => IsForward(row) && row.ActedAt <= latest).Select(row => row.ActedAt);
            var link = inbox.AnsweredAt(rows.Key) is { } given && given.First <= latest ? given.First : (DateTime?)null;
            if (acts.Append(link).Min() is { } first && sendings.Answered(rows.Key, first))
                answered++;
        }
        return answered;
    }

    static bool IsForward(AwaitedMessage row) =>
        row is { To: { } to, ActedAt: not null }
        && to <= Stage.Stayed
        && (row.Stage == Stage.Dormant || to > row.Stage);
}
