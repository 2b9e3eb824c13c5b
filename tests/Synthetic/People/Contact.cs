using System.Globalization;
using LeadScoring.Synthetic.Traces;

namespace LeadScoring.Synthetic.People;

/// <summary>How a contact came into the register.</summary>
enum Entry
{
    Import,
    Newsletter,
    LeadForm,
    Fair,
    Eures,
    Event,
}

/// <summary>Who opens a contact's mail before the contact does.</summary>
enum MailMachine
{
    None,
    Proxy,
    Scanner,
}

/// <summary>A person of the register: what an export can show of them, and the habits that make one trace much and another little.</summary>
/// <param name="Habit">How much this person uses the web at all; median 1.</param>
/// <param name="Voice">How much of an intent shows in traces; a silent mover has little.</param>
/// <param name="MailHabit">Chance to open a newsletter that interests nobody in particular.</param>
/// <param name="Diligence">How readily questions are answered; median 1.</param>
/// <param name="ArrivalDay">The day of the world on which the register first knows the contact.</param>
sealed record Contact(
    int Number,
    Household Household,
    string Language,
    int BirthYear,
    double Habit,
    double Voice,
    double MailHabit,
    double Diligence,
    MailMachine Machine,
    bool HasPhone,
    Entry Entry,
    int ArrivalDay
)
{
    public string Id => "c" + Number.ToString("000000", CultureInfo.InvariantCulture);

    public string Email => Id + "@example.org";

    public static Contact Draw(ulong seed, int number, Calendar calendar)
    {
        var household = Household.Of(seed, number);
        var chance = Chance.For(seed, Purpose.Person, number);
        var language = chance.Of<string>(household.Country.Languages);
        var (entry, day) = Arrival(chance, household, calendar);
        return new(
            number,
            household,
            language,
            calendar.Start.Year - household.Age + (number == household.Key ? 0 : chance.Between(-4, 4)),
            chance.Spread(0.75),
            chance.Spread(0.5),
            Math.Min(0.75, 0.16 * chance.Spread(0.7)),
            chance.Spread(0.6),
            (MailMachine)chance.Pick([0.69, 0.25, 0.06]),
            chance.Happens(0.3),
            entry,
            day
        );
    }

    // A register of before is imported in the first weeks; the others arrive over the whole time, at a fair on its days.
    static (Entry Entry, int Day) Arrival(Chance chance, Household household, Calendar calendar)
    {
        var entry = (Entry)chance.Pick([38, 24, 16, 11, 5, 6]);
        if (entry == Entry.Import)
            return (entry, chance.Below(Math.Min(28, calendar.Days)));
        var day = chance.Below(calendar.Days);
        if (entry != Entry.Fair)
            return (entry, day);
        var fairs = Fair.In(calendar, household.Country.Code);
        if (fairs.Count == 0)
            return (Entry.Newsletter, day);
        var fair = fairs[chance.Below(fairs.Count)];
        return (entry, Math.Min(calendar.Days - 1, fair.Day + chance.Below(fair.Length)));
    }
}
