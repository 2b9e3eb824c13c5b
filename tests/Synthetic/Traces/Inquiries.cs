using System.Globalization;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>Questions to the European job network, from those who look for work: the more the driver, the likelier.</summary>
static class Inquiries
{
    static readonly double[] ByIntention = [0.0003, 0.001, 0.006, 0.011, 0];

    public static void Emit(Life life, SourceFiles files)
    {
        var chance = life.Chance(Purpose.Inquiries);
        var rows = 0;
        var first = life.Contact.ArrivalDay / 7;
        for (var week = first; week * 7 + 6 < life.Calendar.Days; week++)
        {
            var arrives = week == first && life.Contact.Entry == Entry.Eures;
            var jobs = life.Household.Drivers.Jobs;
            if (!chance.Happens(ByIntention[(int)life.Path.At(week).Intention] * (0.2 + 1.8 * jobs * jobs)) && !arrives)
                continue;
            var day = arrives ? life.Contact.ArrivalDay : week * 7 + chance.Below(7);
            if (!life.Lives(day))
                continue;
            files.Write(
                day,
                $"q{life.Contact.Number:D6}-{++rows}",
                life.Calendar.Iso(day, chance.Between(8 * 3600, 18 * 3600)),
                life.Contact.Id,
                life.Household.Country.Code,
                life.Contact.Language,
                chance.Happens(0.5) ? life.Name(chance).ToString(CultureInfo.InvariantCulture) : "",
                life.Household.Size.ToString(CultureInfo.InvariantCulture)
            );
            life.Touches.Add(new(day, true, false));
            life.Signals.Add(new(day, 0.6));
        }
    }
}
