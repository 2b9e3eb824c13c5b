using System.Text.RegularExpressions;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Policies;

/// <summary>Reads what a policy file says about sending; what it leaves out is taken from the basis.</summary>
static partial class SendingReader
{
    static readonly FollowUpKind[] Kinds = Enum.GetValues<FollowUpKind>();

    /// <param name="basis">Null for the built-in default, which must say everything.</param>
    public static SendingRules Read(PolicyFields fields, SendingRules? basis)
    {
        var (quiet, holidays, caps, late) = (
            fields.Child("quietHours"),
            fields.Child("holidays"),
            fields.Child("caps"),
            fields.Child("late")
        );
        var rules = new SendingRules(
            Channels(fields.Child("channels"), basis),
            new(quiet.Clock("from", basis?.Quiet.From), quiet.Clock("to", basis?.Quiet.To)),
            new(
                holidays.Flag("public", basis?.Holidays.Public),
                holidays.Flag("eves", basis?.Holidays.Eves),
                holidays.Flag("weekends", basis?.Holidays.Weekends),
                holidays.List("days", basis?.Holidays.Days, 100, holidays.Day)
            ),
            Caps(caps, "contact", basis?.ContactCaps),
            Caps(caps, "household", basis?.HouseholdCaps),
            Limits(fields.Child("weeklyLimits"), basis),
            fields.List("absence", basis?.Absences, 50, part => Absence(fields, part)),
            late.Whole("days", basis?.LateDays, 1, 365),
            late.Word("capped", basis?.Capped),
            Templates(fields.Child("templates"), basis)
        );
        foreach (var read in new[] { quiet, holidays, caps, late })
            read.RefuseUnknown();
        return rules;
    }

    static Dictionary<FollowUpKind, IReadOnlyList<MessageChannel>> Channels(PolicyFields fields, SendingRules? basis)
    {
        var channels = Kinds.ToDictionary(
            kind => kind,
            kind => fields.List(Name(kind), basis?.Channels[kind], 3, fields.Word<MessageChannel>)
        );
        fields.RefuseUnknown();
        return channels;
    }

    static Caps Caps(PolicyFields all, string name, Caps? basis)
    {
        var fields = all.Child(name);
        var caps = new Caps(
            fields.Whole("per24h", basis?.Per24Hours, 0, 100),
            fields.Whole("per7d", basis?.Per7Days, 0, 100),
            fields.Whole("per30d", basis?.Per30Days, 0, 100)
        );
        fields.RefuseUnknown();
        if (fields.Part is { } at && (caps.Per24Hours > caps.Per7Days || caps.Per7Days > caps.Per30Days))
            fields.Refuse(
                at,
                $"the caps are {caps.Per24Hours} in 24 hours, {caps.Per7Days} in 7 days, {caps.Per30Days} in 30 days",
                "none above that of the longer time"
            );
        return caps;
    }

    static Dictionary<FollowUpKind, int> Limits(PolicyFields fields, SendingRules? basis)
    {
        var limits = Kinds.ToDictionary(
            kind => kind,
            kind => fields.Whole(Name(kind), basis?.WeeklyLimits[kind], 0, 100_000)
        );
        fields.RefuseUnknown();
        return limits;
    }

    static Absence? Absence(PolicyFields all, JsonPart part)
    {
        var fields = all.Of(part);
        var (from, to) = (fields.Day("from"), fields.Day("to"));
        var capacity = fields.Whole("capacity", 0, 0, 1000);
        fields.RefuseUnknown();
        if (from is not { } first || to is not { } last)
            return null;
        if (first > last)
            fields.Refuse(
                part,
                $"the absence begins on {first:yyyy-MM-dd} and ends on {last:yyyy-MM-dd}",
                "an end that is not before the beginning"
            );
        return new(first, last, capacity);
    }

    static Dictionary<(Stage, FollowUpKind), string> Templates(PolicyFields fields, SendingRules? basis)
    {
        Dictionary<(Stage, FollowUpKind), string> templates = [];
        foreach (var stage in PolicyReader.WithCadence)
        {
            var ofStage = fields.Child($"{stage}".ToLowerInvariant());
            foreach (var kind in Kinds.Where(k => k != FollowUpKind.Call))
            {
                var inherited = basis?.Templates.GetValueOrDefault((stage, kind));
                var name = ofStage.Text(
                    Name(kind),
                    inherited,
                    TemplateName().IsMatch,
                    "a template's name of up to 64 of a-z, 0-9, - and _, such as 'interest_email'"
                );
                if (name is not null)
                    templates.Add((stage, kind), name);
            }
            ofStage.RefuseUnknown();
        }
        fields.RefuseUnknown();
        return templates;
    }

    static string Name(FollowUpKind kind) => $"{kind}".ToLowerInvariant();

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TemplateName();
}
