using System.Globalization;
using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>
/// Visits to the site: page views, searches, downloads, videos and sign-ups under one of the contact's one to three cookies.
/// A cookie is anonymous until its first visit that shows the contact's id; a share never shows one.
/// </summary>
sealed class WebVisits
{
    const int WeeksBeforeArrival = 10;
    static readonly string[] Devices = ["mobile", "desktop", "tablet"];
    readonly Life life;
    readonly WebExport export;
    readonly Chance chance;
    readonly List<Cookie> cookies = [];
    int events;

    public WebVisits(Life life, WebExport export)
    {
        this.life = life;
        this.export = export;
        chance = life.Chance(Purpose.Web);
        var number = 1 + chance.Pick([60, 30, 10]);
        for (var i = 0; i < number; i++)
            cookies.Add(
                new(CookieName(life.Contact.Number, i), Devices[chance.Pick([55, 38, 7])], chance.Happens(0.85))
            );
    }

    public static string CookieName(long number, int index) =>
        "GS1." + (number * 7 + index + 1_000_000).ToString(CultureInfo.InvariantCulture);

    public void Emit()
    {
        var arrival = life.Contact.ArrivalDay;
        var known = life.Contact.Entry is Entry.Newsletter or Entry.Event || chance.Happens(0.3);
        var first = Math.Max(0, known ? arrival / 7 - chance.Below(WeeksBeforeArrival) : arrival / 7);
        Span<double> rates = stackalloc double[4];
        for (var week = first; week * 7 < life.Calendar.Days; week++)
        {
            var state = life.Path.At(week);
            Reading.Rates(life.Contact, state, life.Calendar, week, rates);
            for (var motive = Motive.Idle; motive <= Motive.Dream; motive++)
            {
                for (var visits = chance.Poisson(rates[(int)motive]); visits > 0; visits--)
                    Visit(week * 7 + chance.Below(7), state, motive);
            }
        }
    }

    void Visit(int day, IntentState state, Motive motive)
    {
        if (day >= life.Calendar.Days)
            return;
        var cookie = cookies[
            chance.Pick(
                cookies.Count == 1 ? [1]
                : cookies.Count == 2 ? [3, 1]
                : [6, 2, 1]
            )
        ];
        var shown = day >= life.Contact.ArrivalDay && cookie.EverTied && chance.Happens(0.4);
        var medium = chance.Pick([46, 9, 15, 10, 8, 12]);
        var second = chance.Between(6 * 3600, 21 * 3600);
        var pages = 1 + chance.Poisson(motive == Motive.Holiday ? 2.2 : 1.5);
        for (var page = 0; page < pages; page++)
        {
            var theme = Reading.Theme(chance, life.Contact, state, motive);
            var name = EventName(chance, state, motive, page);
            var engaged = (int)(12_000 * chance.Spread(0.9));
            export.Write(
                day,
                new(
                    life.Contact.Number * 100_000L + events++,
                    second,
                    name,
                    cookie.Name,
                    shown ? life.Contact.Id : "",
                    life.Contact.Language,
                    theme,
                    Reading.Municipality(chance, life.Contact, motive),
                    WebExport.Media[medium],
                    cookie.Device,
                    engaged
                )
            );
            second += 5 + engaged / 1000;
            if (cookie.EverTied)
                life.Touches.Add(new(day, true, theme is Theme.Housing or Theme.Jobs or Theme.Family));
        }
    }

    static string EventName(Chance chance, IntentState state, Motive motive, int page)
    {
        if (page == 0)
            return "page_view";
        var serious = motive == Motive.Intent && state.Intention is Intention.Considering or Intention.Planning;
        ReadOnlySpan<double> weights = serious ? [80, 9, 5, 2, 4] : [84, 8, 1.5, 6, 0.5];
        return WebExport.Events[chance.Pick(weights)];
    }

    /// <param name="EverTied">Whether the contact ever identifies on this device.</param>
    sealed record Cookie(string Name, string Device, bool EverTied);
}
