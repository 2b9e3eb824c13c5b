using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>
/// What a contact allows: most grant all three purposes on arrival, some leave out sharing or profiling; a few withdraw later
/// or object. Nothing of it depends on the intent.
/// </summary>
sealed class Consenting(Life life, SourceFiles files)
{
    static readonly string[] Purposes = ["profiling", "marketing", "sharing"];

    // Rows of first answers (profiling, marketing, sharing) with their share in percent.
    static readonly (bool[] Granted, double Share)[] FirstAnswers =
    [
        ([true, true, true], 85),
        ([true, true, false], 6),
        ([false, true, true], 3),
        ([false, true, false], 2),
        ([true, false, true], 3),
        ([false, false, false], 1),
    ];

    static readonly double[] Shares = [.. FirstAnswers.Select(answer => answer.Share)];
    readonly Chance chance = life.Chance(Purpose.Consents);
    int rows;

    public void Emit()
    {
        var contact = life.Contact;
        var first = FirstAnswers[chance.Pick(Shares)].Granted;
        var provenance = contact.Entry switch
        {
            Entry.Import => "register 2022",
            Entry.Newsletter => "newsletter sign-up",
            Entry.LeadForm => "lead form",
            Entry.Fair => "fair, signed on paper",
            Entry.Eures => "EURES inquiry",
            Entry.Event => "event sign-up",
        };
        for (var i = 0; i < Purposes.Length; i++)
            Write(contact.ArrivalDay, Purposes[i], first[i], provenance);
        Span<int> withdrawn = [Waiting(0.0018), Waiting(0.003), Waiting(0.0018)];
        for (var i = 0; i < Purposes.Length; i++)
        {
            if (!first[i] || !life.Lives(withdrawn[i]))
                continue;
            Write(withdrawn[i], Purposes[i], granted: false, "preference page");
            var back = withdrawn[i] + chance.Between(30, 300);
            if (chance.Happens(0.12) && life.Lives(back))
                Write(back, Purposes[i], granted: true, "preference page");
        }
        var objected = Waiting(0.0006);
        if (life.Lives(objected))
            Write(objected, "objection", granted: true, "letter");
        var silent = Math.Min(withdrawn[1], objected);
        life.MayWrite = day => first[1] && life.Lives(day) && day < silent;
    }

    /// <summary>The day after an exponential time, by the chance of a month.</summary>
    int Waiting(double aMonth) =>
        life.Contact.ArrivalDay + 1 + (int)Math.Min(1e6, -Math.Log(1 - chance.Unit()) / aMonth * 30.4);

    void Write(int day, string purpose, bool granted, string provenance)
    {
        var id = $"k{life.Contact.Number:D6}-{++rows}";
        var at = life.Calendar.Iso(day, Register.ArrivalSecond(life.Contact) + rows);
        files.Write(day, id, life.Contact.Id, purpose, granted ? "true" : "false", at, provenance);
    }
}
