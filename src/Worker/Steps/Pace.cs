using System.Globalization;
using LeadScoring.Ingestion;

namespace LeadScoring.Worker.Steps;

/// <summary>Says of a progress how fast it goes and how long it will take: <c>, 1,200,000 rows, 310,000 rows/s, 12 s left</c>.</summary>
/// <remarks>A part of the work has its own total and is measured by itself; what is left is what its share so far took.</remarks>
sealed class Pace(TimeProvider time)
{
    /// <summary>Before that a rate says little.</summary>
    static readonly TimeSpan _leastTime = TimeSpan.FromSeconds(2);

    const double LeastShare = 0.01;

    IngestProgress _first;
    IngestProgress _last;
    long _started;

    public string Of(IngestProgress now)
    {
        if (_started == 0 || now.Total != _last.Total || now.Done < _last.Done || now.Rows < _last.Rows)
            (_first, _started) = (now, time.GetTimestamp());
        _last = now;
        var rows = now.Rows > 0 ? string.Create(CultureInfo.InvariantCulture, $", {now.Rows:N0} rows") : "";
        var passed = time.GetElapsedTime(_started);
        if (passed < _leastTime)
            return rows;
        var perSecond = (now.Rows - _first.Rows) / passed.TotalSeconds;
        if (perSecond >= 1)
            rows += string.Create(CultureInfo.InvariantCulture, $", {perSecond:N0} rows/s");
        var done = (double)(now.Done - _first.Done) / Math.Max(1, now.Total - _first.Done);
        return done is >= LeastShare and < 1
            ? $"{rows}, {InWords(TimeSpan.FromSeconds(passed.TotalSeconds * (1 - done) / done))} left"
            : rows;
    }

    /// <summary>Two units at most: nobody needs the seconds of an hour.</summary>
    static string InWords(TimeSpan left) =>
        left.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalSeconds):0} s")
        : left.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{left.Minutes} min {left.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(left.TotalHours):0} h {left.Minutes} min");
}
