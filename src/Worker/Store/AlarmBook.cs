namespace LeadScoring.Worker.Store;

/// <summary>Something that somebody has to look at.</summary>
/// <param name="Key">The same as long as it is the same thing, so that it is told once.</param>
public sealed record Alarm(string Key, string Words);

/// <summary>What is wrong by the runs table, and which of it has been told.</summary>
public sealed class AlarmBook(LeadStore store)
{
    /// <summary>A mail server may be away for so long before somebody is told.</summary>
    static readonly TimeSpan MailPatience = TimeSpan.FromHours(1);

    /// <summary>What is wrong now: units that were given up, nights that have failed to come, mail that does not go out.</summary>
    /// <remarks>Silence is told of homes whose nights are scheduled, and a successful night by hand ends it.</remarks>
    /// <param name="silence">Time without a successful night that is too long.</param>
    public IReadOnlyList<Alarm> Standing(DateTime now, TimeSpan silence)
    {
        var alarms = new JobUnits(store)
            .Dead()
            .Select(unit => new Alarm(
                $"dead:{unit.Id}:{(unit.EndedAt is { } at ? StoreText.Instant(at) : "")}",
                $"{unit.Job} of {StoreText.Day(unit.AsOf)} was given up after {unit.Attempts} attempts: {unit.Error}. Mend it, then leads jobs restart {unit.Id}"
            ))
            .ToList();
        var nights = store.Rows<NightsRow, NightsRow>("last_success", r => r).Single();
        if (nights.FirstAsked is { } first && now - StoreText.Instant(nights.LastSuccess ?? first) > silence)
            alarms.Add(
                new(
                    $"silence:{nights.LastSuccess ?? first}",
                    FormattableString.Invariant($"no successful night for {silence.TotalHours:0} hours; ")
                        + (
                            nights.LastSuccess is { } last
                                ? $"the last one ended {last[..16]}Z"
                                : "there has not been any yet"
                        )
                        + ". See leads jobs, and whether a worker runs"
                )
            );
        if (MailTrouble.Of(store) is { } trouble && now - trouble.Since > MailPatience)
            alarms.Add(
                new(
                    $"mail:{StoreText.Instant(trouble.Since)}",
                    $"no mail has gone out since {StoreText.Instant(trouble.Since)[..16]}Z: {trouble.Words}"
                )
            );
        return alarms;
    }

    /// <summary>Keeps an alarm to be told, once by each way: to the log, the webhook, by mail.</summary>
    /// <remarks>A way that is added later tells what is raised from then on, and what still stands.</remarks>
    public void Raise(Alarm alarm, IEnumerable<string> ways, DateTime at)
    {
        var (key, now) = (alarm.Key, StoreText.Instant(at));
        store.Execute(
            "raise_alarm",
            new
            {
                key,
                words = alarm.Words,
                now,
            }
        );
        foreach (var way in ways)
            store.Execute(
                "raise_telling",
                new
                {
                    key,
                    way,
                    now,
                }
            );
    }

    /// <summary>The next alarm to tell by one way, which nobody else tells until <paramref name="nextTry"/>; null when all are told.</summary>
    public Alarm? Claim(string way, DateTime now, DateTime nextTry) =>
        store
            .Rows<AlarmRow, Alarm>(
                "claim_alarm",
                r => new(r.Key, r.Words),
                new
                {
                    way,
                    now = StoreText.Instant(now),
                    next_try_at = StoreText.Instant(nextTry),
                }
            )
            .FirstOrDefault();

    /// <summary>The alarm has been told by one way.</summary>
    public void Told(Alarm alarm, string way, DateTime now) =>
        store.Execute(
            "alarm_told",
            new
            {
                key = alarm.Key,
                way,
                now = StoreText.Instant(now),
            }
        );

    /// <summary>When the last whole night ended well; null when none has.</summary>
    public DateTime? LastGoodNight() =>
        store.Rows<NightsRow, NightsRow>("last_success", r => r).Single().LastSuccess is { } last
            ? StoreText.Instant(last)
            : null;
}
