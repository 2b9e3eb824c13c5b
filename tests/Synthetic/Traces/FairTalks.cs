using System.Globalization;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>Talks at the fairs of the contact's country, in Swedish columns, with the first answer to the great question.</summary>
sealed class FairTalks(Life life, SourceFiles files)
{
    static readonly double[] ByIntention = [0.008, 0.03, 0.06, 0.06, 0];
    readonly Chance chance = life.Chance(Purpose.Fairs);
    int talks;

    public void Emit()
    {
        foreach (var fair in Fair.In(life.Calendar, life.Household.Country.Code))
        {
            var arrival = life.Contact.ArrivalDay;
            var met = life.Contact.Entry == Entry.Fair && arrival >= fair.Day && arrival < fair.Day + fair.Length;
            var day = met ? arrival : fair.Day + chance.Below(fair.Length);
            var state = life.At(day);
            var goes = ByIntention[(int)state.Intention] + (life.Household.Dreamer ? 0.02 : 0);
            if (met || (life.Lives(day) && chance.Happens(goes) && !life.Path.HasMoved(day)))
                Talk(fair, day, state);
        }
    }

    void Talk(Fair fair, int day, IntentState state)
    {
        var answer = chance.Happens(0.25) ? "" : Answer.Swedish(Answer.Draw(chance, life, state));
        var minutes = 6 * chance.Spread(0.6) * (1 + 0.25 * (int)state.Intention);
        files.Write(
            day,
            $"s{life.Contact.Number:D6}-{++talks}",
            life.Calendar.Date(day).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
            fair.Name,
            fair.Country,
            life.Contact.Id,
            Themes.Name(chance.Happens(0.25) ? Theme.Travel : life.Draw(chance)),
            chance.Happens(0.5) ? Places.Name(life.Name(chance)) : "",
            answer,
            minutes.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ',')
        );
        life.Touches.Add(new(day, true, false));
        if (answer.Length > 0)
            life.Signals.Add(new(day, string.Equals(answer, "ja", StringComparison.Ordinal) ? 0.5 : 0.1));
    }
}
