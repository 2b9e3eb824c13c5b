using System.Globalization;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>
/// What the municipality's officers report: calls after signals, what came of them, and moves, known only weeks later. An
/// officer's call changes nothing in the hidden chain.
/// </summary>
sealed class Officers(Life life, SourceFiles files)
{
    // Chance that a called contact says no for good, by intention.
    static readonly double[] Refuses = [0.16, 0.06, 0.015, 0, 0];
    static readonly double[] Interviewed = [0.02, 0.1, 0.35, 0.6, 0];
    readonly Chance chance = life.Chance(Purpose.Officers);
    int rows;

    public void Emit()
    {
        var moved = life.Path.MovedDay;
        var quiet = 0;
        foreach (var signal in life.Signals.OrderBy(signal => signal.Day))
        {
            var day = signal.Day + chance.Between(4, 35);
            if (!chance.Happens(signal.Chance) || day < quiet || day >= moved)
                continue;
            quiet = day + 90;
            if (!Call(day))
                break;
        }
        // A move is reported by the municipality's register after one to nine weeks, now and then much later.
        if (moved < life.Calendar.Days)
            Write("moved", moved, chance.Between(7, 60) + (chance.Happens(0.06) ? 90 : 0), life.Household.Preferred);
    }

    /// <summary>One call and what follows; false when the contact's case is closed by it.</summary>
    bool Call(int day)
    {
        var state = life.At(day);
        var place = chance.Happens(0.8) ? life.Household.Preferred : Places.Preferred(chance);
        if (chance.Happens(0.28))
        {
            Write("not_reached", day, chance.Between(0, 3), place);
            return true;
        }
        Write("called", day, chance.Between(0, 3), place);
        if (chance.Happens(Refuses[(int)state.Intention]))
        {
            Write("declined_by_contact", day, chance.Between(0, 5), place);
            return false;
        }
        if (!chance.Happens(Interviewed[(int)state.Intention]))
            return true;
        var later = day + chance.Between(5, 30);
        if (life.Path.HasMoved(later))
            return true;
        Write("interviewed", later, chance.Between(0, 7), place);
        if (chance.Happens(0.05))
            Write("declined_by_municipality", later + 7, chance.Between(0, 7), place);
        var visit = later + chance.Between(10, 40);
        if (life.At(Math.Min(visit, life.Calendar.Days)).Intention < Intention.Considering || life.Path.HasMoved(visit))
            return true;
        Write("visited", visit, chance.Between(0, 10), place);
        if (chance.Happens(0.5))
            Write("viewed_housing", visit + 1, chance.Between(0, 10), place);
        return true;
    }

    void Write(string kind, int occurred, int delay, int place)
    {
        var reported = occurred + delay;
        if (reported >= life.Calendar.Days)
            return;
        files.Write(
            reported,
            $"o{life.Contact.Number:D6}-{++rows}",
            life.Contact.Id,
            kind,
            Date(occurred),
            Date(reported),
            place.ToString(CultureInfo.InvariantCulture)
        );
    }

    string Date(int day) => life.Calendar.Date(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
