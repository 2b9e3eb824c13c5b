using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>What <c>/health/ready</c> answers: whether this worker can work, and what somebody has to look at.</summary>
/// <param name="Status">ready; degraded, when there are alarms; unready, when the store cannot be used.</param>
public sealed record Readiness(string Status, string? Error, IReadOnlyList<string> Alarms)
{
    public bool CanWork => Error is null;

    public static Readiness Of(Home home, JobSettings settings, DateTime now)
    {
        try
        {
            using var store = LeadStore.Open(home.Path, patienceSeconds: 2);
            string[] alarms = [.. new AlarmBook(store).Standing(now, settings.Silence).Select(alarm => alarm.Words)];
            return new(alarms.Length == 0 ? "ready" : "degraded", Error: null, alarms);
        }
        catch (WorkerException problem)
        {
            return new("unready", problem.Message, []);
        }
    }
}
