using System.Runtime.ExceptionServices;

namespace LeadScoring.Scoring.Training;

/// <summary>The threads of one training: they share out the units of a piece of work and wait together for the next.</summary>
/// <remarks>
/// A tree is thousands of pieces of work of some 50 to 500 µs, so that a thread that has nothing to do looks for the next
/// piece for a moment before it sleeps, and one that has to wait gives its core away: on a busy machine nobody spins while
/// others could work. Units are claimed one by one from a counter, so a thread that was put aside holds up one unit only.
/// Which thread does a unit must not matter to its result.
/// </remarks>
sealed class Crew : IDisposable
{
    /// <summary>Elements to be touched below which a piece of work is not shared out.</summary>
    const long LeastWork = 30_000;

    /// <summary>Looks for work before a thread goes to sleep, about 20 µs.</summary>
    const int Looks = 400;

    readonly SemaphoreSlim _wake = new(0);
    readonly ManualResetEventSlim _done = new(initialState: false, spinCount: 200);
    readonly Thread[] _others;

    /// <summary>High half: number of the piece of work; low half: units nobody has claimed yet.</summary>
    long _open;
    int _unfinished;
    int _asleep;
    Action<int, int> _body = static (_, _) => { };
    Exception? _fault;
    volatile bool _over;

    /// <param name="threads">Threads to use, the caller's own among them; 0 is one a core.</param>
    public Crew(int threads)
    {
        Threads = threads > 0 ? threads : Environment.ProcessorCount;
        _others = new Thread[Threads - 1];
        for (var i = 0; i < _others.Length; i++)
        {
            var worker = i + 1;
            _others[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = "trees" };
            _others[i].Start();
        }
    }

    public int Threads { get; }

    /// <summary>Does units 0 to <paramref name="units"/> - 1 and returns when all are done.</summary>
    /// <param name="work">About how many elements all units touch; little is done by the caller alone.</param>
    /// <param name="body">Called with (unit, thread), threads counted from 0, several at the same time.</param>
    public void Run(int units, long work, Action<int, int> body)
    {
        if (_others.Length == 0 || units == 1 || work < LeastWork)
        {
            for (var unit = 0; unit < units; unit++)
                body(unit, 0);
            return;
        }
        _body = body;
        _fault = null;
        _done.Reset();
        Volatile.Write(ref _unfinished, units);
        var number = (Interlocked.Read(ref _open) >> 32) + 1;
        Interlocked.Exchange(ref _open, (number << 32) | (uint)units);
        var sleepers = Math.Min(Volatile.Read(ref _asleep), units - 1);
        if (sleepers > 0)
            _wake.Release(sleepers);
        DoUnits(0);
        _done.Wait(CancellationToken.None);
        if (_fault is { } fault)
            ExceptionDispatchInfo.Capture(fault).Throw();
    }

    public void Dispose()
    {
        _over = true;
        if (_others.Length > 0)
            _wake.Release(_others.Length);
        foreach (var thread in _others)
            thread.Join();
        _wake.Dispose();
        _done.Dispose();
    }

    void Work(int worker)
    {
        while (!_over)
        {
            DoUnits(worker);
            var looks = 0;
            while (!HasOpen() && ++looks < Looks && !_over)
                Thread.SpinWait(4);
            if (looks < Looks)
                continue;
            Interlocked.Increment(ref _asleep);
            // Work that came while this thread lay down may not have been called out to it.
            if (!HasOpen() && !_over)
                _wake.Wait(CancellationToken.None);
            Interlocked.Decrement(ref _asleep);
        }
    }

    bool HasOpen() => (uint)Volatile.Read(ref _open) > 0;

    void DoUnits(int worker)
    {
        while (true)
        {
            var open = Volatile.Read(ref _open);
            var left = (int)(uint)open;
            if (left == 0)
                return;
            if (Interlocked.CompareExchange(ref _open, open - 1, open) != open)
                continue;
            try
            {
                _body(left - 1, worker);
            }
            catch (Exception fault)
            {
                _fault = fault;
            }
            if (Interlocked.Decrement(ref _unfinished) == 0)
                _done.Set();
        }
    }
}
