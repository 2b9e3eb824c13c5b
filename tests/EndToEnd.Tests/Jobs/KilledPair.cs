namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>Two workers of one home that are killed at instants drawn from a seed, and started again as a supervisor would.</summary>
sealed class KilledPair(string home, int seed) : IDisposable
{
    readonly Random _chance = new(seed);
    readonly Worker[] _workers = [new(home), new(home)];

    /// <summary>How often a running worker was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>All that the two that run now have said.</summary>
    public string Said => $"{_workers[0].Said}\n--- the other\n{_workers[1].Said}";

    /// <summary>Both are up: they work together, not one alone.</summary>
    public async Task UpAsync(CancellationToken cancellation)
    {
        foreach (var worker in _workers)
            await ServeHome.UntilAsync(() => worker.Address, () => worker.Said, cancellation);
    }

    /// <summary>Kills either, so often and each time after a while of at most so many milliseconds.</summary>
    public void Kill(int times, int within)
    {
        for (var killed = 0; killed < times; )
        {
            var at = _chance.Next(2);
            var isKilled = !_workers[at].HasEndedWithin(TimeSpan.FromMilliseconds(_chance.Next(200, within)));
            Renew(at);
            killed += isKilled ? 1 : 0;
            Kills += isKilled ? 1 : 0;
        }
    }

    /// <summary>Starts again what has ended by itself, as when it found no database at its start.</summary>
    public void Revive()
    {
        for (var at = 0; at < _workers.Length; at++)
            if (_workers[at].HasEnded)
                Renew(at);
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
    }

    void Renew(int at)
    {
        _workers[at].Dispose();
        _workers[at] = new Worker(home);
    }
}
