using System.Globalization;
using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Whose rates are told, and what being positive is called.</summary>
enum RateSubject
{
    /// <summary>Contacts who relocated: the usual label.</summary>
    Relocation,

    /// <summary>Contacts under a label of the home's own.</summary>
    Contacts,

    /// <summary>Rows of a table.</summary>
    Rows,
}

/// <summary>The base rate behind a reason: <c>1 in 14 of such contacts relocated, against 1 in 90 overall</c>.</summary>
/// <remarks>
/// Nothing is said when the rate cannot be told from the base rate (Jeffreys' 95 % interval over contacts holds it), when
/// both would read alike, and when the rate lies on the other side of the base rate than the reason pushes: the reason
/// then speaks of this value beside the contact's other traces, which a rate of this value alone would seem to deny.
/// </remarks>
static class RateClause
{
    const double Coverage = 0.95;

    /// <summary>From here on a rate is told in tenths, which fractions of one are too coarse for.</summary>
    const double Tenths = 0.375;

    /// <param name="raises">Whether the reason raises the likelihood.</param>
    public static string? Of(
        ValueRange like,
        double baseRate,
        bool raises,
        RateSubject subject,
        ReasonLanguage language
    )
    {
        var (low, high) = JeffreysInterval.Of(like.Rate * like.Contacts, like.Contacts, Coverage);
        if ((low <= baseRate && baseRate <= high) || raises != like.Rate > baseRate)
            return null;
        var overall = Share(baseRate, language);
        if (like.Positives == 0)
            return None(subject == RateSubject.Rows ? like.Rows : like.Contacts, overall, subject, language);
        var seen = Share(like.Rate, language);
        return string.Equals(seen, overall, StringComparison.Ordinal) ? null : Some(seen, overall, subject, language);
    }

    /// <summary><c>1 in 14</c>, <c>1 in 1,200</c>, <c>7 in 10</c>; the digits that are left are those people keep in mind.</summary>
    internal static string Share(double rate, ReasonLanguage language)
    {
        var of = language == ReasonLanguage.Swedish ? "av" : "in";
        if (rate < Tenths)
            return $"1 {of} {Count(1 / rate, language)}";
        if (rate > 0.95)
            return language == ReasonLanguage.Swedish ? "fler än 9 av 10" : "more than 9 in 10";
        var tenths = (int)Math.Round(rate * 10, MidpointRounding.AwayFromZero);
        return tenths == 5
            ? $"1 {of} 2"
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(9, tenths)} {of} 10");
    }

    /// <summary>Whole to 19, by fives to 45, by tens to 100, then two digits that count; thousands parted as the language does.</summary>
    static string Count(double number, ReasonLanguage language)
    {
        var step =
            number < 19.5 ? 1.0
            : number < 47.5 ? 5
            : 10;
        while (number / step >= 99.5)
            step *= 10;
        var rounded = Math.Round(number / step, MidpointRounding.AwayFromZero) * step;
        return rounded.ToString(
            "N0",
            language == ReasonLanguage.Swedish ? Swedish : CultureInfo.InvariantCulture.NumberFormat
        );
    }

    static readonly NumberFormatInfo Swedish = new() { NumberGroupSeparator = "\u00a0" };

    static string Some(string seen, string overall, RateSubject subject, ReasonLanguage language) =>
        language == ReasonLanguage.Swedish
            ? subject switch
            {
                RateSubject.Relocation => $"{seen} sådana kontakter flyttade, mot {overall} totalt",
                RateSubject.Contacts => $"{seen} sådana kontakter var positiva, mot {overall} totalt",
                RateSubject.Rows => $"{seen} sådana rader var positiva, mot {overall} totalt",
            }
            : subject switch
            {
                RateSubject.Relocation => $"{seen} of such contacts relocated, against {overall} overall",
                RateSubject.Contacts => $"{seen} of such contacts were positive, against {overall} overall",
                RateSubject.Rows => $"{seen} of such rows were positive, against {overall} overall",
            };

    static string None(int of, string overall, RateSubject subject, ReasonLanguage language)
    {
        var count = Count(of, language);
        return language == ReasonLanguage.Swedish
            ? subject switch
            {
                RateSubject.Relocation => $"ingen av {count} sådana kontakter flyttade, mot {overall} totalt",
                RateSubject.Contacts => $"ingen av {count} sådana kontakter var positiv, mot {overall} totalt",
                RateSubject.Rows => $"ingen av {count} sådana rader var positiv, mot {overall} totalt",
            }
            : subject switch
            {
                RateSubject.Relocation => $"none of {count} such contacts relocated, against {overall} overall",
                RateSubject.Contacts => $"none of {count} such contacts were positive, against {overall} overall",
                RateSubject.Rows => $"none of {count} such rows were positive, against {overall} overall",
            };
    }
}
