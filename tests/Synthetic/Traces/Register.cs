using System.Globalization;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>
/// The contact's rows of the CRM export: one when it is created, one for each later change. Every half-year's export repeats the
/// last versions of the month before, so the same identity (record and change) comes twice.
/// </summary>
sealed class Register(Life life, SourceFiles files)
{
    const int Overlap = 30;
    readonly Chance chance = life.Chance(Purpose.Register);

    /// <summary>The second of the arrival day on which the register learns of a contact.</summary>
    public static int ArrivalSecond(Contact contact) => 8 * 3600 + contact.Number % (10 * 3600);

    public void Emit()
    {
        var contact = life.Contact;
        var size = contact.Household.Size;
        var language = contact.Language;
        var second = ArrivalSecond(contact);
        Write(contact.ArrivalDay, second, size, language);
        for (var day = contact.ArrivalDay + 20; day < life.Calendar.Days; day += chance.Between(30, 90))
        {
            // Now and then somebody edits the record; now and then the household grew or the language was wrong.
            if (!chance.Happens(0.025))
                continue;
            if (chance.Happens(0.5))
                size = Math.Clamp(size + chance.Of<int>([-1, 1, 1]), contact.Household.Members, 7);
            else if (chance.Happens(0.3))
                language = chance.Of<string>(contact.Household.Country.Languages);
            Write(day, chance.Between(8 * 3600, 17 * 3600), size, language);
        }
    }

    void Write(int day, int second, int size, string language)
    {
        var contact = life.Contact;
        string[] row =
        [
            contact.Id,
            Local(contact.ArrivalDay, ArrivalSecond(contact)),
            Local(day, second),
            contact.Email,
            contact.Household.Country.Code,
            language,
            contact.Household.Members > 1 || contact.Number % 3 == 0 ? contact.Household.Id : "",
            size.ToString(CultureInfo.InvariantCulture),
            contact.Number % 11 == 0 ? "" : contact.BirthYear.ToString(CultureInfo.InvariantCulture),
            contact.Entry.ToString(),
        ];
        files.Write(day, row);
        var next = files.Period(day).Next;
        if (day >= next - Overlap && next < life.Calendar.Days)
            files.Write(next, row);
    }

    string Local(int day, int second) =>
        life.Calendar.Local(day, second).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
