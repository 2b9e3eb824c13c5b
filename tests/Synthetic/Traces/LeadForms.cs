using System.Globalization;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>Lead forms behind ads, Meta-like: how some contacts arrive, and what others fill in again later.</summary>
sealed class LeadForms(Life life, SourceFiles files)
{
    static readonly double[] ByIntention = [0.0008, 0.002, 0.005, 0.008, 0];
    const string TestName = "<test lead: dummy data for full_name>";
    static readonly int[] Offsets = [1, 1, 1, 0, 2, -7];

    readonly Calendar calendar = life.Calendar;
    readonly Chance chance = life.Chance(Purpose.Forms);
    int rows;

    public void Emit()
    {
        if (life.Contact.Entry == Entry.LeadForm)
            Write(life.Contact.ArrivalDay);
        for (var week = life.Contact.ArrivalDay / 7 + 1; week * 7 + 6 < calendar.Days; week++)
        {
            var intention = life.Path.At(week).Intention;
            var dreaming = life.Household.Dreamer && intention != Intention.Moved ? 0.0015 : 0;
            if (chance.Happens(ByIntention[(int)intention] * Math.Min(2, life.Contact.Voice) + dreaming))
                Write(week * 7 + chance.Below(7));
        }
    }

    /// <summary>Forms of people who never become contacts, and the test lead that every month's set-up leaves behind.</summary>
    public static void EmitOthers(SyntheticOptions options, Calendar calendar, SourceFiles files)
    {
        for (var number = 0; number < options.Contacts / 40; number++)
        {
            var passing = Chance.For(options.Seed, Purpose.Passers, number);
            var theme = Themes.Name((Theme)passing.Below(Themes.Count));
            var form = new Form(
                900_000_000_000L + number,
                "<synthetic>",
                "",
                $"passer{number:D6}@example.org",
                theme,
                ""
            );
            Row(files, calendar, passing.Below(calendar.Days), passing, form);
        }
        foreach (var day in calendar.Snapshots.Select(snapshot => snapshot.Day).Where(day => day < calendar.Days))
        {
            var form = new Form(990_000_000_000L + day, TestName, "", "test@example.org", "nature", "");
            Row(files, calendar, day, Chance.For(options.Seed, Purpose.Passers, -day), form);
        }
    }

    // An e-mail in capitals or with blanks around it is the same person.
    void Write(int day)
    {
        var contact = life.Contact;
        var email = chance.Pick([88, 8, 4]) switch
        {
            1 => contact.Email.ToUpperInvariant(),
            2 => " " + contact.Email + " ",
            _ => contact.Email,
        };
        var phone = contact.HasPhone ? $"p:+4670174{605 + contact.Number % 95:D4}" : "";
        var place = chance.Happens(0.6) ? Places.Name(life.Name(chance)) : "";
        var id = 100_000_000_000L + contact.Number * 1_000L + rows;
        Row(files, calendar, day, chance, new(id, "<synthetic>", phone, email, Themes.Name(life.Draw(chance)), place));
        if (rows++ > 0)
            life.Signals.Add(new(day, 0.5));
        life.Touches.Add(new(day, true, false));
    }

    static void Row(SourceFiles files, Calendar calendar, int day, Chance chance, in Form form)
    {
        var ad = chance.Below(4) + 1;
        files.Write(
            day,
            $"l:{form.Id}",
            calendar.IsoAt(day, chance.Between(8 * 3600, 20 * 3600), chance.Of<int>(Offsets)),
            $"ag:{7000 + ad}",
            $"Ad {ad}",
            $"as:{6000 + ad}",
            ad % 2 == 0 ? "Lookalike, Europe" : "Interests, Europe",
            "c:5001",
            "Live north " + calendar.Date(day).ToString("yyyy-MM", CultureInfo.InvariantCulture),
            "f:4001",
            "Could this be home?",
            "false",
            chance.Happens(0.6) ? "fb" : "ig",
            form.Name,
            form.Phone,
            form.Email,
            "",
            "CREATED",
            form.Theme,
            form.Place
        );
    }

    readonly record struct Form(long Id, string Name, string Phone, string Email, string Theme, string Place);
}
