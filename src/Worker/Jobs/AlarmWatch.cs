using System.Net.Http.Json;
using LeadScoring.Worker.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>Looks for alarms, and tells each once by every way: to the log, and until they have taken it to the webhook and by mail.</summary>
sealed class AlarmWatch(Home home, JobSettings settings, HttpClient http, TimeProvider time, ILogger<AlarmWatch> log)
    : BackgroundService
{
    /// <summary>Less than the time for which another worker leaves an alarm alone.</summary>
    static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    readonly List<Way> _ways = Ways(home, settings, http, time, log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (WorkerException problem)
                {
                    JobLog.NoStore(log, problem.Message);
                }
                await Task.Delay(settings.Poll, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    /// <summary>Raises what is wrong now, and tells what has not been told.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        using var store = LeadStore.Open(home.Path);
        var book = new AlarmBook(store);
        foreach (var alarm in book.Standing(Now(), settings.Silence))
            book.Raise(alarm, _ways.Select(way => way.Name), Now());
        foreach (var (way, again, tell) in _ways)
            while (book.Claim(way, Now(), Now() + again) is { } alarm)
                if (await tell(alarm, cancellation))
                    book.Told(alarm, way, Now());
    }

    static List<Way> Ways(Home home, JobSettings settings, HttpClient http, TimeProvider time, ILogger log)
    {
        List<Way> ways = [new("log", TimeSpan.FromMinutes(1), (alarm, _) => Task.FromResult(Log(alarm, log)))];
        if (settings.Webhook is { } address)
            ways.Add(
                new(
                    "webhook",
                    TimeSpan.FromMinutes(1),
                    (alarm, stop) => PostAsync(alarm, address, home, http, log, stop)
                )
            );
        if (settings.MailTo is { } to)
        {
            var mail = new AlarmMail(home, to, time);
            // A mail server may take its time for one message, ten minutes by its settings.
            ways.Add(new("mail", TimeSpan.FromMinutes(15), (alarm, stop) => MailAsync(alarm, mail, log, stop)));
        }
        return ways;
    }

    static bool Log(Alarm alarm, ILogger log)
    {
        JobLog.Alarm(log, alarm.Words);
        return true;
    }

    static async Task<bool> MailAsync(Alarm alarm, AlarmMail mail, ILogger log, CancellationToken stop)
    {
        if (await mail.SendAsync(alarm, stop) is not { } problem)
            return true;
        JobLog.NotMailed(log, problem);
        return false;
    }

    static async Task<bool> PostAsync(
        Alarm alarm,
        Uri address,
        Home home,
        HttpClient http,
        ILogger log,
        CancellationToken stop
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Answer);
        try
        {
            using var answer = await http.PostAsJsonAsync(
                address,
                new
                {
                    alarm.Key,
                    Text = alarm.Words,
                    Home = Path.GetFileName(home.Path),
                },
                limit.Token
            );
            if (answer.IsSuccessStatusCode)
                return true;
            JobLog.NotPosted(log, FormattableString.Invariant($"HTTP {(int)answer.StatusCode}"));
        }
        catch (HttpRequestException problem)
        {
            JobLog.NotPosted(log, problem.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            JobLog.NotPosted(log, "no answer in time");
        }
        return false;
    }

    /// <param name="Again">For how long an alarm is left alone by others, and by this worker when it could not be told.</param>
    sealed record Way(string Name, TimeSpan Again, Func<Alarm, CancellationToken, Task<bool>> Tell);

    DateTime Now() => time.GetUtcNow().UtcDateTime;
}
