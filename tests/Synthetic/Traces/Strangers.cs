using LeadScoring.Synthetic.Inbox;

namespace LeadScoring.Synthetic.Traces;

/// <summary>Visitors of the site who never become contacts; one for every two contacts, mostly in the holiday season.</summary>
static class Strangers
{
    static readonly string[] Languages = ["de", "nl", "en", "sv", "fr", "fi"];
    static readonly double[] ThemeWeights = [4, 1, 0.7, 0.6, 0.8, 7, 3];

    public static void Emit(SyntheticOptions options, Calendar calendar, WebExport export)
    {
        for (var number = 0; number < options.Contacts / 2; number++)
        {
            var chance = Chance.For(options.Seed, Purpose.Strangers, number);
            var cookie = "GS2." + (1_000_000 + number);
            var language = chance.Of<string>(Languages);
            var device = chance.Happens(0.6) ? "mobile" : "desktop";
            var events = 0;
            for (var visits = 1 + chance.Poisson(0.8); visits > 0; visits--)
            {
                var day = chance.Below(calendar.Days);
                if (!chance.Happens(calendar.Holiday(day / 7) / 1.8))
                    continue;
                var second = chance.Between(6 * 3600, 21 * 3600);
                for (var pages = 1 + chance.Poisson(1.5); pages > 0; pages--)
                {
                    var theme = (Theme)chance.Pick(ThemeWeights);
                    var place = chance.Happens(0.4) ? Places.Toured(chance) : 0;
                    var id = 1_000_000_000_000L + number * 1_000L + events++;
                    export.Write(
                        day,
                        new(
                            id,
                            second,
                            "page_view",
                            cookie,
                            "",
                            language,
                            theme,
                            place,
                            WebExport.Media[chance.Below(6)],
                            device,
                            chance.Between(1_000, 60_000)
                        )
                    );
                    second += chance.Between(10, 90);
                }
            }
        }
    }
}
