using System.Net.Http.Json;
using LeadScoring.Worker.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>Looks for alarms, logs each once, and posts it to the webhook until that has taken it.</summary>
sealed class AlarmWatch(Home home, JobSettings settings, HttpClient http, TimeProvider time, ILogger<AlarmWatch> log)
    : BackgroundService
{
    static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

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
            book.Raise(alarm, Now());
        while (book.Claim(Now(), Now() + Again) is { } alarm)
        {
            JobLog.Alarm(log, alarm.Words);
            if (settings.Webhook is null || await PostAsync(alarm, cancellation))
                book.Told(alarm, Now());
        }
    }

    async Task<bool> PostAsync(Alarm alarm, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(
                settings.Webhook,
                new
                {
                    alarm.Key,
                    Text = alarm.Words,
                    Home = Path.GetFileName(home.Path),
                },
                cancellation
            );
            if (answer.IsSuccessStatusCode)
                return true;
            JobLog.NotPosted(log, FormattableString.Invariant($"HTTP {(int)answer.StatusCode}"));
        }
        catch (HttpRequestException problem)
        {
            JobLog.NotPosted(log, problem.HttpRequestError.ToString());
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            JobLog.NotPosted(log, "no answer in time");
        }
        return false;
    }

    DateTime Now() => time.GetUtcNow().UtcDateTime;
}
