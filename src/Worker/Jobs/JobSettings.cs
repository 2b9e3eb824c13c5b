using System.Globalization;
using LeadScoring.Worker.Store;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace LeadScoring.Worker.Jobs;

/// <summary>How a worker works: <c>serve.json</c> in the home, overruled by the environment (<c>Jobs__NightAt</c>).</summary>
public sealed record JobSettings
{
    /// <summary>What calls at the times below: quartz, or in a build that has it hangfire.</summary>
    public string Engine { get; init; } = "quartz";

    /// <summary>Local time of the nightly run.</summary>
    public TimeOnly NightAt { get; init; } = new(2, 30);

    /// <summary>Local time at which traces that are too old are dropped, where leads.json limits their keeping.</summary>
    public TimeOnly RetainAt { get; init; } = new(1, 30);

    /// <summary>Local time of the monthly training.</summary>
    public TimeOnly TrainAt { get; init; } = new(4, 0);

    /// <summary>Day of the month of the training, 1 to 28.</summary>
    public int TrainOn { get; init; } = 1;

    /// <summary>Minutes from one dispatch of follow-ups to the next, a divisor of 60; 0 sends nothing.</summary>
    public int DispatchMinutes { get; init; } = 5;

    /// <summary>Minutes from one look into the mailbox of returned messages to the next, a divisor of 60.</summary>
    public int BounceMinutes { get; init; } = 10;

    /// <summary>How long a message is given to be answered before its variant learns from silence.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromDays(21);

    /// <summary>How long a unit is a worker's without a sign of life.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a worker looks for what is due without being called.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a unit is tried before it is given up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Time before the second attempt; each further one waits four times as long, at most an hour.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Without a successful night for so long, somebody is told.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromHours(30);

    /// <summary>Where alarms are posted to; null posts none.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>Whom alarms are mailed to; null mails none.</summary>
    public string? MailTo { get; init; }

    /// <summary>How long the runs table remembers what is over; longer than a month, so that a training is known until the next.</summary>
    public TimeSpan KeepRuns { get; init; } = TimeSpan.FromDays(400);

    /// <summary>The collector that traces and metrics go to; null collects none.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>grpc, or http/protobuf.</summary>
    public string TelemetryProtocol { get; init; } = "http/protobuf";

    /// <summary>Where the status page and the health endpoints listen.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8077";

    /// <summary>The names by which the status page may be asked for, with semicolons between.</summary>
    public string PageHosts { get; init; } = "localhost;127.0.0.1;[::1]";

    /// <summary>Not by a name under which the outside reaches this process, and not by one that a foreign page made up.</summary>
    public bool MayShowPage(string host) => PageHosts.Split(';').Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Time from a failed attempt to the next.</summary>
    public TimeSpan BackOffAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(3600, BackOff.TotalSeconds * Math.Pow(4, attempts - 1)));

    /// <exception cref="WorkerException">Everything that is wrong, one line each.</exception>
    public static JobSettings Load(string home)
    {
        var reader = new Reader(StoreDialect.Configuration(home));
        var (standard, one) = (new JobSettings(), TimeSpan.FromSeconds(1));
        var settings = new JobSettings
        {
            Engine = reader.OneOf("Jobs:Engine", standard.Engine, "hangfire"),
            NightAt = reader.Time("Jobs:NightAt", standard.NightAt),
            RetainAt = reader.Time("Jobs:RetainAt", standard.RetainAt),
            TrainAt = reader.Time("Jobs:TrainAt", standard.TrainAt),
            TrainOn = (int)reader.Number("Jobs:TrainOn", standard.TrainOn, 1, 28),
            DispatchMinutes = reader.Minutes("Jobs:DispatchMinutes", standard.DispatchMinutes, mayBeNone: true),
            BounceMinutes = reader.Minutes("Jobs:BounceMinutes", standard.BounceMinutes, mayBeNone: false),
            AnswerTime = reader.Number("Learning:AnswerDays", standard.AnswerTime.TotalDays, 1, 365) * 24 * 3600 * one,
            Lease = reader.Number("Jobs:LeaseSeconds", standard.Lease.TotalSeconds, 1, 86_400) * one,
            Poll = reader.Number("Jobs:PollSeconds", standard.Poll.TotalSeconds, 1, 3_600) * one,
            Attempts = (int)reader.Number("Jobs:Attempts", standard.Attempts, 1, 100),
            BackOff = reader.Number("Jobs:BackOffSeconds", standard.BackOff.TotalSeconds, 1, 3_600) * one,
            Silence = reader.Number("Alarms:SilenceHours", standard.Silence.TotalHours, 1, 1_000) * 3600 * one,
            Webhook = reader.Address("Alarms:Webhook"),
            MailTo = reader.Mailbox("Alarms:MailTo"),
            KeepRuns = reader.Number("Jobs:KeepRunsDays", standard.KeepRuns.TotalDays, 40, 3_650) * 86_400 * one,
            Telemetry = reader.Address("Telemetry:Endpoint") ?? reader.Address("OTEL_EXPORTER_OTLP_ENDPOINT"),
            TelemetryProtocol = reader.OneOf(
                reader.Text("Telemetry:Protocol") is null ? "OTEL_EXPORTER_OTLP_PROTOCOL" : "Telemetry:Protocol",
                standard.TelemetryProtocol,
                "grpc"
            ),
            Urls = reader.Text("Urls") ?? standard.Urls,
            PageHosts = reader.Text("PageHosts") ?? standard.PageHosts,
        };
        return reader.Faults.Count == 0 ? settings : throw new WorkerException(string.Join('\n', reader.Faults));
    }

    sealed class Reader(IConfiguration configuration)
    {
        public List<string> Faults { get; } = [];

        public string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;

        public TimeOnly Time(string key, TimeOnly standard) =>
            Text(key) is not { } text ? standard
            : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
            : Wrong(key, text, "a local time as 02:30", standard);

        /// <summary>A whole number within bounds.</summary>
        public double Number(string key, double standard, int from, int to) =>
            Text(key) is not { } text ? standard
            : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
                ? number
            : Wrong(
                key,
                text,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}"),
                standard
            );

        /// <summary>A number of minutes that divides an hour.</summary>
        public int Minutes(string key, int standard, bool mayBeNone) =>
            Text(key) is not { } text ? standard
            : int.TryParse(text, CultureInfo.InvariantCulture, out var minutes)
            && (minutes == 0 ? mayBeNone : minutes is > 0 and <= 60 && 60 % minutes == 0)
                ? minutes
            : Wrong(
                key,
                text,
                $"minutes that divide an hour, such as 1, 5, 10 or 60{(mayBeNone ? ", or 0 for never" : "")}",
                standard
            );

        public Uri? Address(string key) =>
            Text(key) is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : Wrong<Uri?>(key, "text that is no address", "an absolute http or https address", null);

        public string OneOf(string key, string standard, string other) =>
            Text(key) is not { } text ? standard
            : string.Equals(text, standard, StringComparison.Ordinal)
            || string.Equals(text, other, StringComparison.Ordinal)
                ? text
            : Wrong(key, text, $"{standard} or {other}", standard);

        /// <summary>One bare address; a wrong one is not repeated.</summary>
        public string? Mailbox(string key) =>
            Text(key) is not { } text ? null
            : text.Contains('@', StringComparison.Ordinal)
            && MailboxAddress.TryParse(text, out var mailbox)
            && string.Equals(mailbox.Address, text, StringComparison.Ordinal)
                ? text
            : Wrong<string?>(key, "text that is no address", "one bare e-mail address", null);

        T Wrong<T>(string key, string found, string expected, T standard)
        {
            Faults.Add(
                WorkerException.Told(
                    $"{StoreDialect.SettingsFile} or environment, {key}",
                    $"found '{found}'",
                    expected,
                    "mend it, or leave it out"
                )
            );
            return standard;
        }
    }
}
