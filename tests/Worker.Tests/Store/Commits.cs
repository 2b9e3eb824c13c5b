using System.Globalization;
using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>Small commits for the tests: every contact goes from Attention to Interest, and to Boden's list.</summary>
static class Commits
{
    public static readonly DateOnly Day = new(2026, 3, 2);
    public const string Week = "2026-W10";

    public static FunnelCommit Of(params string[] contacts) => Of(Day, contacts);

    public static FunnelCommit Of(DateOnly day, params IReadOnlyList<string> contacts) =>
        new(new Watermark(day, 3, "2026-03-01-a", "c0ffee"))
        {
            Positions = [.. contacts.Select(c => Position(c, day))],
            Changes = [.. contacts.Select(c => Change(c, day, Stage.Attention, Stage.Interest))],
            FollowUps = [.. contacts.Select(c => FollowUp(c, day))],
            Drawn = [.. contacts.Select(c => new DrawnContact(new(c), 2582, Stage.Interest, Part.Usual, day, 0.0625))],
            Places = [.. contacts.Select((c, i) => new ListPlace(Week, 2582, new(c), i + 1, day))],
        };

    public static FunnelPosition Position(string contact, DateOnly day) =>
        new(
            new(contact),
            Stage.Interest,
            day,
            day.ToDateTime(new TimeOnly(9, 30), DateTimeKind.Utc).AddMicroseconds(7),
            2582,
            2581,
            "likelihood",
            "2026-03-01-a",
            day,
            new Word(SignalKind.AnsweredYes, day.ToDateTime(new TimeOnly(9, 30), DateTimeKind.Utc))
        );

    public static StageChange Change(string contact, DateOnly day, Stage from, Stage to) =>
        new(
            new ContactId(contact),
            from,
            to,
            day.AddDays(-1),
            "answered_yes",
            new Signal(SignalKind.AnsweredYes, day.ToDateTime(new TimeOnly(9, 30), DateTimeKind.Utc), 2582, false),
            2.5,
            "2026-03-01-a",
            day
        );

    public static FollowUp FollowUp(string contact, DateOnly day) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{contact}:2582:email:{day:yyyy-MM-dd}"),
            new(contact),
            2582,
            FollowUpKind.Email,
            Stage.Interest,
            day.AddDays(2).ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc),
            "entered interest"
        );

    /// <summary>The contact's e-mail, which goes out whatever went before.</summary>
    public static SendQuestion Sending(string contact, string? household = null) =>
        new(FollowUp(contact, Day), household, (_, _) => SendDecision.Now(MessageChannel.Email), "interest.email");
}
