using System.Globalization;
using System.Text.Json;
using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail.Sending;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>Homes in which messages are due now, whatever the hour: no quiet hours, no days off, nobody held out.</summary>
static class DueHome
{
    const string Policy = """
        {
          "shares": { "holdOut": 0, "exploration": 0 },
          "quietHours": { "from": "00:00", "to": "00:00" },
          "holidays": { "public": false, "eves": false, "weekends": false },
          "caps": {
            "contact": { "per24h": 5, "per7d": 5, "per30d": 5 },
            "household": { "per24h": 50, "per7d": 50, "per30d": 50 }
          }
        }
        """;

    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>Contacts of the home that agree to profiling and messages, in the order of their ids.</summary>
    public static IReadOnlyList<ContactId> Willing(SampleHome home, int count)
    {
        var lake = Lake.Open(home.Path);
        return
        [
            .. Consents
                .Granted(lake, Purpose.Marketing, Now)
                .Intersect(Consents.Granted(lake, Purpose.Profiling, Now))
                .Order(StringComparer.Ordinal)
                .Take(count)
                .Select(id => new ContactId(id)),
        ];
    }

    /// <summary>Gives the contacts a position, an address and a question that has been due for an hour.</summary>
    public static IReadOnlyList<FollowUp> Plan(
        SampleHome home,
        IReadOnlyList<ContactId> contacts,
        string step = "1",
        int municipalities = 1
    )
    {
        foreach (var file in Directory.GetFiles(Path.Combine(home.Path, "policies"), "*.json"))
            File.Delete(file);
        File.WriteAllText(Path.Combine(home.Path, "policies", "default.json"), Policy);
        var today = StockholmTime.Day(Now);
        List<FollowUp> planned =
        [
            .. contacts.Select(
                (contact, i) =>
                    new FollowUp(
                        $"{contact}/{step}",
                        contact,
                        Municipality.All[i % municipalities].Code,
                        FollowUpKind.Question,
                        Stage.Interest,
                        Now.AddHours(-1),
                        "test"
                    )
            ),
        ];
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(
            new(store.Watermark() ?? new(today, 1, "test", "test"))
            {
                Positions =
                [
                    .. planned.Select(p => new FunnelPosition(
                        p.Contact,
                        Stage.Interest,
                        today,
                        null,
                        p.Municipality,
                        0,
                        "test",
                        null,
                        today
                    )),
                ],
                FollowUps = planned,
            }
        );
        new AddressBook(store).Put(
            contacts.Select(c => new SeenAddress($"test {c}", $"{c}@example.org", "sv", Now, c)),
            today
        );
        return planned;
    }

    /// <summary>Has the home send to a server.</summary>
    public static void SendTo(SampleHome home, SmtpSink sink) =>
        File.WriteAllText(
            Path.Combine(home.Path, "mail.json"),
            JsonSerializer.Serialize(
                new
                {
                    publicUrl = "https://moving.example.org",
                    from = "dialogue@example.org",
                    stopAddress = "stop@example.org",
                    bounceAddress = "bounces@example.org",
                    postalAddress = "Storgatan 1, Boden",
                    smtp = new
                    {
                        host = "localhost",
                        port = sink.Port,
                        user = "leads",
                        passwordFile = sink.PasswordFile,
                        certificateFile = sink.CertificateFile,
                    },
                }
            )
        );

    /// <summary>A number in the store, such as a count.</summary>
    public static long Ask(SampleHome home, string sql)
    {
        using var connection = StoreDialect.Of(home.Path, patienceSeconds: 30).Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
