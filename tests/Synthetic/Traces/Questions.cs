using System.Globalization;
using System.Text.Json;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>The question sent by e-mail in March and October and the short message of May and November, to those who may be written to.</summary>
sealed class Questions(Life life, SourceFiles answers, SourceFiles messages)
{
    static readonly double[] Willing = [0.8, 1.2, 1.7, 1.8, 0.6];
    readonly Chance chance = life.Chance(Purpose.Answers);
    int answered;

    public void Emit()
    {
        var messaging = life.Contact.HasPhone;
        for (var year = life.Calendar.Start.Year; year <= life.Calendar.End.Year; year++)
        {
            Ask(new DateOnly(year, 3, 12), "email");
            messaging = messaging && Message(new DateOnly(year, 5, 6), "Vår i norr " + year);
            Ask(new DateOnly(year, 10, 9), "email");
            messaging = messaging && Message(new DateOnly(year, 11, 5), "Höst i norr " + year);
        }
    }

    void Ask(DateOnly asked, string channel)
    {
        var day = life.Calendar.Day(asked) + (int)(4 * chance.Spread(0.9));
        if (day < 0 || !life.MayWrite(day))
            return;
        var state = life.At(day);
        if (!chance.Happens(Math.Min(0.8, 0.11 * life.Contact.Diligence * Willing[(int)state.Intention])))
            return;
        var reply = Answer.Draw(chance, life, state);
        var drivers = Enumerable
            .Range(0, chance.Between(1, 3))
            .Select(_ => life.Draw(chance))
            .Distinct()
            .Select(Themes.Name);
        var place = chance.Happens(0.65) ? life.Name(chance).ToString(CultureInfo.InvariantCulture) : null;
        answers.WriteLine(
            day,
            JsonSerializer.Serialize(
                new
                {
                    answer_id = $"a{life.Contact.Number:D6}-{++answered}",
                    contact_id = life.Contact.Id,
                    answered_at = life.Calendar.Iso(day, chance.Between(8 * 3600, 21 * 3600)),
                    question = "could_you_imagine_moving",
                    answer = Answer.English(reply),
                    drivers,
                    preferred_municipality = place,
                    channel,
                }
            )
        );
        Answered(day, reply);
    }

    /// <summary>Sends one short message; false when the contact wants no more of them.</summary>
    bool Message(DateOnly sent, string campaign)
    {
        var day = life.Calendar.Day(sent) + chance.Pick([75, 18, 7]);
        if (day < 0 || !life.MayWrite(day))
            return true;
        var state = life.At(day);
        if (!chance.Happens(Math.Min(0.8, 0.16 * life.Contact.Diligence * Willing[(int)state.Intention])))
            return true;
        var reply = Answer.Draw(chance, life, state);
        var stops = reply == Reply.No && chance.Happens(0.3);
        messages.Write(
            day,
            $"m{life.Contact.Number:D6}-{++answered}",
            life.Calendar.Local(day, chance.Between(8 * 3600, 21 * 3600))
                .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            life.Contact.Id,
            campaign,
            stops ? "stopp" : Answer.Swedish(reply)
        );
        Answered(day, reply);
        return !stops;
    }

    void Answered(int day, Reply reply)
    {
        life.Touches.Add(new(day, true, false));
        if (reply <= Reply.Maybe)
            life.Signals.Add(new(day, reply == Reply.Yes ? 0.5 : 0.2));
    }
}
