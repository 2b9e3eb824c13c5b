using System.Globalization;

namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>One row of one export.</summary>
/// <param name="At">When it happened.</param>
/// <param name="SignsIn">A sign-in on a device; those reach the inbox in their own order.</param>
sealed record Fact(string Source, string Row, int At, bool SignsIn = false);

/// <summary>A small random world of facts about few people with several ids, shared addresses and shared devices.</summary>
sealed class FactsWorld
{
    /// <summary>Seconds between the first and the last thing that happens: two years.</summary>
    const int Span = 2 * 365 * 86_400;

    public static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    static readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal)
    {
        ["web_analytics"] =
            "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium",
        ["crm_contacts"] =
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year",
        ["addressed"] = "id,at,email,phone",
        ["permits"] = "id,at,email,purpose,granted",
        ["mailchimp_activity"] = "member_id,campaign_id,action,timestamp",
        ["consents"] = "consent_id,contact_id,purpose,granted,at,provenance",
        ["outcomes"] = "outcome_id,contact_id,kind,occurred_on,reported_on,municipality_code",
        ["moves"] = "id,at,email",
        ["phones"] = "contact,phone,at",
        ["contact_merges"] = "contact_id,duplicate_id,decided_at,merged",
    };

    /// <summary>Sources of the home's own, for what the built-in ones do not give: traces, consents, outcomes by address.</summary>
    static readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal)
    {
        ["addressed"] = """
            -- source: addressed
            -- yields: traces
            -- columns:
            --   id     text required
            --   at     timestamp required
            --   email  text
            --   phone  text
            -- identity: id
            select id as trace_id, "at" as at, 'form_submit' as kind, 'ads' as channel, email as email, phone as phone from raw
            """,
        ["permits"] = """
            -- source: permits
            -- yields: consents
            -- columns:
            --   id       text required
            --   at       timestamp required
            --   email    text required
            --   purpose  text required
            --   granted  boolean required
            -- identity: id
            select "at" as at, email as email, purpose as purpose, granted as granted from raw
            """,
        ["moves"] = """
            -- source: moves
            -- yields: outcomes
            -- columns:
            --   id     text required
            --   at     timestamp required
            --   email  text required
            -- identity: id
            select "at" as at, email as email, 'visited' as kind from raw
            """,
        ["phones"] = """
            -- source: phones
            -- yields: links
            -- columns:
            --   contact  text required
            --   phone    text required
            --   at       timestamp required
            select contact as contact, phone as phone, "at" as at from raw
            """,
    };

    readonly Random _chance;
    readonly string[] _ids;

    public FactsWorld(int seed)
    {
        _chance = new Random(seed);
        _ids = [.. Enumerable.Range(0, 4 + _chance.Next(5)).Select(n => n % 2 == 0 ? $"{n + 1}" : $"member-{n:00}")];
        var rows = 60 + _chance.Next(60);
        Facts = [.. Enumerable.Range(0, rows).Select(Draw), .. _ids.Select(Permits)];
    }

    public IReadOnlyList<Fact> Facts { get; }

    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The facts dealt out to nights at random; sign-ins keep their order.</summary>
    public IReadOnlyList<IReadOnlyList<Fact>> Nights(int nights)
    {
        var dealt = Enumerable.Range(0, nights).Select(_ => new List<Fact>()).ToArray();
        foreach (var fact in Facts)
            dealt[fact.SignsIn ? (int)((long)fact.At * nights / Span) : _chance.Next(nights)].Add(fact);
        return [.. dealt.Select(night => (IReadOnlyList<Fact>)[.. night.OrderBy(_ => _chance.Next())])];
    }

    public static TestHome Home()
    {
        var home = new TestHome();
        foreach (var (name, text) in _sources)
            home.WithSource($"{name}.sql", text);
        return home;
    }

    /// <summary>Puts facts into the inbox, one file a source, and ingests them.</summary>
    public static void Ingest(TestHome home, IEnumerable<Fact> facts, int night)
    {
        foreach (var file in facts.GroupBy(fact => fact.Source, StringComparer.Ordinal))
        {
            var text = $"{_headers[file.Key]}\n{string.Concat(file.Select(fact => fact.Row + "\n"))}";
            home.With($"{file.Key}/night-{night}.csv", text);
        }
        // two buckets: what is tried out here does not depend on how many there are
        var report = Ingestion.Ingest.Run(home.Folder, new IngestOptions(Buckets: 2));
        Assert.That(report.Refused.Select(file => file.Refusal), Is.Empty);
        Assert.That(report.Rejected, Is.Zero);
    }

    Fact Permits(string id, int number)
    {
        var row = $"all-{number},{id},profiling,true,{Text(number)},form";
        return new("consents", row, number);
    }

    Fact Draw(int number)
    {
        var at = _chance.Next(Span);
        var id = _ids[_chance.Next(_ids.Length)];
        var email = $"p{_chance.Next(5)}@example.org";
        var phone = $"+46 70 000 00 0{_chance.Next(4)}";
        var device = $"d{_chance.Next(5)}";
        var kind = _chance.Next(2) == 0 ? "page_view" : "search";
        return _chance.Next(16) switch
        {
            0 or 1 or 2 => Web($"{device},"),
            3 or 4 => Web($"{device},{id}") with { SignsIn = true },
            5 => new(
                "crm_contacts",
                $"{id},{Local(at / 2)},{Local(at)},{(_chance.Next(2) == 0 ? email : "")},{(_chance.Next(2) == 0 ? "SE" : "DE")},{(_chance.Next(2) == 0 ? "sv" : "")},h{_chance.Next(3)},{_chance.Next(1, 5)},19{_chance.Next(50, 99)}",
                at
            ),
            6 or 7 => new("addressed", $"a{number},{Text(at)},{email},", at),
            8 => new("addressed", $"a{number},{Text(at)},,{phone}", at),
            9 => new(
                "permits",
                $"k{number},{Text(at)},{email},{(_chance.Next(4) == 0 ? "objection" : "profiling")},{(_chance.Next(3) > 0 ? "true" : "false")}",
                at
            ),
            10 => _chance.Next(2) == 0
                ? new("outcomes", $"o{number},{id},moved,{Day(at)},{Day(at + 900_000)},2506", at)
                : new("moves", $"m{number},{Text(at)},{email}", at),
            // one of few mornings, so that what is sent and clicked lies seconds apart
            13 or 14 or 15 => Mail((2 + _chance.Next(4)) * 100 * 86_400 + _chance.Next(6)),
            11 => new("phones", $"{id},{phone},{Text(at)}", at),
            _ => new(
                "contact_merges",
                $"{id},{_ids.First(other => !string.Equals(other, id, StringComparison.Ordinal))},{Text(at)},{(_chance.Next(3) > 0 ? "" : "false")}",
                at
            ),
        };

        Fact Mail(int at) =>
            new(
                "mailchimp_activity",
                $"{_ids[number % 2]},ca{number},{(_chance.Next(4) == 0 ? "sent" : "click")},{Text(at)}",
                at
            );

        Fact Web(string who) => new("web_analytics", $"e{number},{Micros(at)},{kind},{who},nature,2506,organic", at);
    }

    static DateTime Time(int second) => Start.AddSeconds(second);

    static string Micros(int second) =>
        ((Time(second).Ticks - DateTime.UnixEpoch.Ticks) / 10).ToString(CultureInfo.InvariantCulture);

    static string Text(int second) => Time(second).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    static string Local(int second) => Time(second).ToString("yyyy-MM-dd 12:mm", CultureInfo.InvariantCulture);

    static string Day(int second) => Time(second).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
