using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Policies;

/// <summary>How one municipality leads its dialogue.</summary>
/// <param name="Municipality">Official code, 0 for the shared default.</param>
/// <param name="Thresholds">Lifts at which the likelihood raises and lowers a stage.</param>
/// <param name="ListLift">Least lift that earns a place on the list; whoever is in Action needs none.</param>
/// <param name="DormancyDays">Days without a sign of life until a contact sleeps.</param>
/// <param name="HoldDays">Days for which an inquiry, a yes, a maybe or a talk keeps the likelihood from lowering.</param>
/// <param name="RestDays">Days for which a "not now" keeps the likelihood from raising.</param>
/// <param name="Cadence">Steps planned when a stage is entered; a stage without an entry plans none.</param>
/// <param name="WeeklyCapacity">Places on the list per ISO week: as many new talks as the officers can hold.</param>
/// <param name="RelistDays">Days until a contact who had a place may get one again in a later week.</param>
/// <param name="Languages">Languages (ISO 639-1) the officers speak, preferred first.</param>
/// <param name="DueHour">Full local hour (Europe/Stockholm) at which follow-ups fall due on weekdays.</param>
/// <param name="WeeklyFloor">Places of a week that go to this municipality first, whoever else would gain more by them.</param>
/// <param name="HoldOut">Share of contacts, by stage, who are left alone so that effect can be measured, see <see cref="LeadScoring.Funnel.Learning.Draw"/>.</param>
/// <param name="Exploration">Share of contacts who may get a place although the likelihood would not give them one.</param>
/// <param name="Sending">What is looked at when a follow-up is about to be done.</param>
public sealed record Policy(
    int Municipality,
    StageThresholds Thresholds,
    double ListLift,
    int DormancyDays,
    int HoldDays,
    int RestDays,
    IReadOnlyDictionary<Stage, IReadOnlyList<CadenceStep>> Cadence,
    int WeeklyCapacity,
    int RelistDays,
    IReadOnlyList<string> Languages,
    int DueHour,
    int WeeklyFloor,
    double HoldOut,
    double Exploration,
    SendingRules Sending
)
{
    /// <summary>Places on the list in the ISO week of that day: fewer while officers are away.</summary>
    public int PlacesOn(DateOnly day) => Sending.LeastOn(day, WeeklyCapacity);

    /// <summary>The floor of that week; never more than there are places.</summary>
    public int FloorOn(DateOnly day) => Math.Min(WeeklyFloor, PlacesOn(day));
}

/// <summary>Lifts (odds ratios against the model's base rate, see <see cref="Likelihood.Lift"/>) for the two stages.</summary>
public readonly record struct StageThresholds(Threshold Interest, Threshold Desire);

/// <summary>Entered at <paramref name="Enter"/> or above, left below the lower <paramref name="Leave"/>.</summary>
public readonly record struct Threshold(double Enter, double Leave);

/// <summary>One step of a cadence.</summary>
/// <param name="Days">Days after the stage was entered; a weekend moves it to Monday.</param>
public readonly record struct CadenceStep(int Days, FollowUpKind Kind);
