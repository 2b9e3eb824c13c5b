using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Policies;

/// <summary>Reads one policy file over a basis.</summary>
static class PolicyReader
{
    /// <summary>Stages in which a dialogue goes on or may be taken up again.</summary>
    internal static readonly Stage[] WithCadence =
    [
        Stage.Attention,
        Stage.Interest,
        Stage.Desire,
        Stage.Action,
        Stage.Dormant,
    ];

    /// <summary>The policy of the file; what it leaves out is taken from the basis.</summary>
    /// <param name="basis">Null for the built-in default, which must say everything.</param>
    /// <param name="shared">Whether it is a default, which names no municipality.</param>
    public static Policy Read(string file, JsonPart root, Policy? basis, bool shared, List<PolicyFault> faults)
    {
        var fields = new PolicyFields(file, root, root, faults);
        var before = faults.Count;
        fields.Text("$schema", null, _ => true, "a text that tells editors where the schema is");
        var municipality = shared ? 0 : Code(fields, root, file, faults);
        var likelihood = fields.Child("likelihood");
        var shares = fields.Child("shares");
        var policy = new Policy(
            municipality,
            new(
                Threshold(likelihood.Child("interest"), basis?.Thresholds.Interest),
                Threshold(likelihood.Child("desire"), basis?.Thresholds.Desire)
            ),
            likelihood.Number("list", basis?.ListLift, 0, 1000),
            fields.Whole("dormancyDays", basis?.DormancyDays, 7, 3650),
            fields.Whole("holdDays", basis?.HoldDays, 0, 3650),
            fields.Whole("restDays", basis?.RestDays, 0, 3650),
            Cadence(fields.Child("cadence"), basis),
            fields.Whole("weeklyCapacity", basis?.WeeklyCapacity, 0, 1000),
            fields.Whole("relistDays", basis?.RelistDays, 0, 3650),
            Languages(fields, basis),
            fields.Whole("dueHour", basis?.DueHour, 7, 17),
            fields.Whole("weeklyFloor", basis?.WeeklyFloor, 0, 1000),
            shares.Number("holdOut", basis?.HoldOut, 0, 0.5),
            shares.Number("exploration", basis?.Exploration, 0, 0.5),
            SendingReader.Read(fields, basis?.Sending)
        );
        likelihood.RefuseUnknown();
        shares.RefuseUnknown();
        fields.RefuseUnknown();
        if (faults.Count == before)
        {
            Order(policy, likelihood, likelihood.Part ?? root);
            if (fields.Find("weeklyFloor") is { } floor && policy.WeeklyFloor > policy.WeeklyCapacity)
                fields.Refuse(
                    floor,
                    $"weeklyFloor is {policy.WeeklyFloor}, weeklyCapacity {policy.WeeklyCapacity}",
                    "a floor within the capacity"
                );
        }
        return policy;
    }

    static int Code(PolicyFields fields, JsonPart root, string file, List<PolicyFault> faults)
    {
        if (fields.Find("municipality") is not { } value)
        {
            faults.Add(new(file, root.Line, "$", "found no municipality, expected its official code; add it"));
            return 0;
        }
        var municipality = Municipality.All.FirstOrDefault(m =>
            $"{m.Code}".Equals(value.Text, StringComparison.Ordinal)
        );
        if (municipality is not null && value.Kind == System.Text.Json.JsonValueKind.Number)
            return municipality.Code;
        var codes = string.Join(", ", Municipality.All.Select(m => $"{m.Code} {m.Name}"));
        fields.Fault(value, $"the code of one of the 14 municipalities ({codes})");
        return 0;
    }

    static Threshold Threshold(PolicyFields fields, Threshold? basis)
    {
        var read = new Threshold(
            fields.Number("enter", basis?.Enter, 0.01, 1000),
            fields.Number("leave", basis?.Leave, 0.01, 1000)
        );
        fields.RefuseUnknown();
        return read;
    }

    static Dictionary<Stage, IReadOnlyList<CadenceStep>> Cadence(PolicyFields fields, Policy? basis)
    {
        var cadence = WithCadence.ToDictionary(
            stage => stage,
            stage => fields.List($"{stage}".ToLowerInvariant(), basis?.Cadence[stage], 12, step => Step(fields, step))
        );
        fields.RefuseUnknown();
        return cadence;
    }

    static CadenceStep? Step(PolicyFields cadence, JsonPart part)
    {
        var fields = cadence.Of(part);
        var days = fields.Whole("days", null, 0, 730);
        var kind = fields.Word<FollowUpKind>("kind");
        fields.RefuseUnknown();
        return kind is { } known ? new CadenceStep(days, known) : null;
    }

    static IReadOnlyList<string> Languages(PolicyFields fields, Policy? basis) =>
        fields.Words("languages", basis?.Languages, l => l.Length == 2 && l.All(char.IsAsciiLetterLower), "'sv'");

    /// <summary>Thresholds that would let a contact swing to and fro, or skip a stage downwards for good, are refused.</summary>
    static void Order(Policy policy, PolicyFields fields, JsonPart at)
    {
        var (interest, desire) = (policy.Thresholds.Interest, policy.Thresholds.Desire);
        if (interest.Leave >= interest.Enter)
            fields.Refuse(
                at,
                $"interest leaves at {interest.Leave} but enters at {interest.Enter}",
                "leave below enter"
            );
        if (desire.Leave >= desire.Enter)
            fields.Refuse(at, $"desire leaves at {desire.Leave} but enters at {desire.Enter}", "leave below enter");
        if (interest.Enter >= desire.Enter)
            fields.Refuse(
                at,
                $"interest enters at {interest.Enter}, desire at {desire.Enter}",
                "interest to be entered before desire"
            );
        if (interest.Leave > desire.Leave)
            fields.Refuse(
                at,
                $"interest leaves at {interest.Leave}, desire at {desire.Leave}",
                "desire to be left before interest"
            );
    }
}
