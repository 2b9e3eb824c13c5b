using LeadScoring.Synthetic.Intent;

namespace LeadScoring.Synthetic.People;

/// <summary>A human trace that the export ties to the contact: what a rule of thumb could count.</summary>
readonly record struct Touch(int Day, bool Click, bool Settling);

/// <summary>Something that makes an officer think of calling: a day and how likely the call is.</summary>
readonly record struct CallSign(int Day, double Chance);

/// <summary>One contact living through the world: habits, the household's hidden path, and what the contact allowed.</summary>
sealed class Life
{
    Life(ulong seed, Calendar calendar, Contact contact, IntentPath path, Likelihood likelihood)
    {
        Seed = seed;
        Calendar = calendar;
        Contact = contact;
        Path = path;
        Likelihood = likelihood;
    }

    public ulong Seed { get; }

    public Calendar Calendar { get; }

    public Contact Contact { get; }

    public IntentPath Path { get; }

    public Likelihood Likelihood { get; }

    /// <summary>Filled while traces are written; in the order of writing, not of time.</summary>
    public List<Touch> Touches { get; } = [];

    /// <summary>What could make an officer call; filled like the touches.</summary>
    public List<CallSign> Signals { get; } = [];

    public Household Household => Contact.Household;

    /// <summary>The contact may be written to on a day; set by the consents.</summary>
    public Func<int, bool> MayWrite { get; set; } = _ => false;

    /// <summary>The whole life of one contact; housemates share the path, which both draw from the household's own stream.</summary>
    public static Life Of(ulong seed, Calendar calendar, int number)
    {
        var contact = Contact.Draw(seed, number, calendar);
        var household = contact.Household;
        var first = contact;
        if (household.Members == 2)
        {
            var mate = Contact.Draw(seed, number ^ 1, calendar);
            first =
                mate.ArrivalDay < contact.ArrivalDay || (mate.ArrivalDay == contact.ArrivalDay && mate.Number < number)
                    ? mate
                    : contact;
        }
        var hazards = new Hazards(household, calendar);
        var path = IntentPath.Draw(Synthetic.Chance.For(seed, Purpose.Intent, household.Key), hazards, calendar, first);
        return new(seed, calendar, contact, path, new Likelihood(hazards));
    }

    public Chance Chance(Purpose purpose) => Synthetic.Chance.For(Seed, purpose, Contact.Number);

    public IntentState At(int day) => Path.At(day / 7);

    public bool Lives(int day) => day >= Contact.ArrivalDay && day < Calendar.Days;

    /// <summary>A theme this household would name when asked what draws it, its strongest drivers first in weight.</summary>
    public Theme Draw(Chance chance)
    {
        Span<double> weights = stackalloc double[5];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = Math.Pow(Household.Drivers[(Theme)i], 2) + 0.04;
        return (Theme)chance.Pick(weights);
    }

    /// <summary>The preferred municipality, or in one case of five the name of another that tourists know.</summary>
    public int Name(Chance chance) => chance.Happens(0.8) ? Household.Preferred : Places.Toured(chance);
}
