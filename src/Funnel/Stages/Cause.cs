namespace LeadScoring.Funnel.Stages;

/// <summary>The fixed words for why a contact stands where it stands; they are stored, so they are never reworded.</summary>
public static class Cause
{
    /// <summary>Seen for the first time.</summary>
    public const string Entered = "entered";

    /// <summary>Came back after silence.</summary>
    public const string Returned = "returned";

    public const string Inquired = "inquired";
    public const string AnsweredYes = "answered_yes";
    public const string AnsweredMaybe = "answered_maybe";
    public const string AnsweredNotNow = "answered_not_now";
    public const string AnsweredNo = "answered_no";
    public const string Engaged = "engaged";

    /// <summary>The municipality never called; not the contact's no.</summary>
    public const string NotReached = "not_reached";

    public const string DeclinedByMunicipality = "declined_by_municipality";
    public const string Moved = "moved";

    /// <summary>Twelve months after the relocation and not gone again.</summary>
    public const string Stayed = "stayed";

    public const string MovedAway = "moved_away";
    public const string Objected = "objected";
    public const string Consented = "consented";

    /// <summary>No sign of life for the policy's <c>dormancyDays</c>, nor in the contact's own season of the year.</summary>
    public const string Silence = "silence";

    public const string LikelihoodRose = "likelihood_rose";
    public const string LikelihoodFell = "likelihood_fell";

    /// <summary>Got a place on a municipality's list of the week.</summary>
    public const string ListPlace = "list_place";
}
