namespace LeadScoring.Funnel.Matching;

/// <summary>Who carries the dialogue: the same municipality as long as that is about as good as any.</summary>
static class Carrier
{
    /// <summary>How much larger another municipality's share must be to take over a running dialogue.</summary>
    public const double Margin = 0.1;

    /// <summary>The carrying municipality's code, 0 when there is none.</summary>
    /// <param name="place">The municipality on whose list of this week the contact stands: it carries, whatever fits.</param>
    public static int Of(FunnelPosition? position, MunicipalityFit? fit, int place)
    {
        var current = position?.Municipality ?? 0;
        if (place != 0)
            return place;
        if (fit is null)
            return current;
        var stillClose = current != 0 && current == fit.RunnerUp && fit.Share - fit.RunnerUpShare < Margin;
        return stillClose ? current : fit.Best;
    }

    /// <summary>Who would come next if the carrier handed the contact back, 0 when nobody.</summary>
    public static int RunnerUp(int carrier, FunnelPosition? position, MunicipalityFit? fit) =>
        fit is null ? position?.RunnerUp ?? 0
        : fit.Best == carrier ? fit.RunnerUp
        : fit.Best;
}
