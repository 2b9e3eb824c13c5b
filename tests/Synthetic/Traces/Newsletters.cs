using LeadScoring.Synthetic.Inbox;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>One newsletter a month to everybody who may be written to: sent, opened by people and machines, clicked, bounced.</summary>
sealed class Newsletters(Life life, SourceFiles files)
{
    /// <summary>What mail programs call themselves that fetch pictures for everybody, before anybody reads.</summary>
    public const string Proxy = "Mozilla/5.0";

    /// <summary>What a company's link scanner calls itself: it follows every link within seconds.</summary>
    public const string Scanner = "Barracuda Sentinel (EE)";

    static readonly Theme[] Topics =
    [
        Theme.Travel,
        Theme.Nature,
        Theme.Housing,
        Theme.Jobs,
        Theme.Culture,
        Theme.Travel,
        Theme.Family,
        Theme.Quiet,
        Theme.Housing,
        Theme.Nature,
        Theme.Jobs,
        Theme.Travel,
    ];

    static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.9.0",
    ];

    readonly Chance chance = life.Chance(Purpose.Newsletter);

    public void Emit()
    {
        // One subscriber in four skipped the newsletter at sign-up.
        if (chance.Happens(0.25))
            return;
        var agent = chance.Of<string>(Agents);
        for (
            var (month, day) = (life.Calendar.Start, 0);
            (day = SendDay(month)) < life.Calendar.Days;
            month = month.AddMonths(1)
        )
        {
            if (day < 0 || !life.MayWrite(day))
                continue;
            var issue = new Issue(day, $"nl-{month:yyyy-MM}", Topics[month.Month - 1], IssuePlace(month));
            Write(issue, "sent", day, 9 * 3600, "", "");
            if (chance.Happens(0.004))
            {
                Write(issue, "bounce", day, 9 * 3600 + 40, "", "");
                return;
            }
            Machines(issue);
            if (People(issue, agent))
                return;
        }
    }

    // The second Tuesday of the month, 9 o'clock.
    int SendDay(DateOnly month)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        return life.Calendar.Day(first.AddDays(((int)DayOfWeek.Tuesday - (int)first.DayOfWeek + 7) % 7 + 7));
    }

    int IssuePlace(DateOnly month)
    {
        var issue = Synthetic.Chance.For(life.Seed, Purpose.Newsletter, -month.DayNumber);
        return issue.Happens(0.4) ? Places.Preferred(issue) : 0;
    }

    void Machines(in Issue issue)
    {
        var second = 9 * 3600 + chance.Between(2, 240);
        if (life.Contact.Machine == MailMachine.Proxy)
            Write(issue, "open", issue.Day, second, "", Proxy);
        if (life.Contact.Machine != MailMachine.Scanner)
            return;
        Write(issue, "open", issue.Day, 9 * 3600 + 3, "", Scanner);
        Write(issue, "click", issue.Day, 9 * 3600 + 4, Url(issue), Scanner);
    }

    /// <summary>What the contact does; true when the subscription ends.</summary>
    bool People(in Issue issue, string agent)
    {
        var state = life.At(issue.Day);
        var interest = 0.4 + life.Household.Drivers[issue.Topic] + 0.35 * (int)Warmth(state.Intention);
        if (!chance.Happens(Math.Min(0.95, life.Contact.MailHabit * interest)))
            return chance.Happens(0.002) && Leave(issue, agent);
        var day = Math.Min(life.Calendar.Days - 1, issue.Day + chance.Pick([70, 20, 10]));
        var second = chance.Between(10 * 3600, 21 * 3600);
        // A proxied reader's own opening cannot be told from the machine's and is not exported again.
        if (life.Contact.Machine != MailMachine.Proxy)
        {
            Write(issue, "open", day, second, "", agent);
            life.Touches.Add(new(day, false, false));
        }
        if (
            chance.Happens(
                0.07
                    * interest
                    * (issue.Topic is Theme.Housing or Theme.Jobs ? 1 + (int)Warmth(state.Intention) * 0.4 : 1)
            )
        )
        {
            Write(issue, "click", day, second + 45, Url(issue), agent);
            life.Touches.Add(new(day, true, issue.Topic is Theme.Housing or Theme.Jobs or Theme.Family));
        }
        return chance.Happens(0.002) && Leave(issue, agent);
    }

    static Intention Warmth(Intention intention) => intention == Intention.Moved ? Intention.Cold : intention;

    bool Leave(in Issue issue, string agent)
    {
        Write(issue, "unsubscribe", issue.Day, 21 * 3600 + 600, "", agent);
        return true;
    }

    static string Url(in Issue issue) =>
        $"https://www.example.org/{Themes.Name(issue.Topic)}"
        + (issue.Place == 0 ? "" : $"/{issue.Place}")
        + $"?utm_campaign={issue.Campaign}";

    void Write(in Issue issue, string action, int day, int second, string url, string agent) =>
        files.Write(
            day,
            life.Contact.Email,
            $"{issue.Campaign}-{life.Contact.Number:D6}",
            issue.Campaign,
            Themes.Name(issue.Topic),
            action,
            life.Calendar.IsoAt(day, second, life.Calendar.OffsetHours(day)),
            url,
            agent,
            issue.Place == 0 ? "" : $"{issue.Place}"
        );

    readonly record struct Issue(int Day, string Campaign, Theme Topic, int Place);
}
