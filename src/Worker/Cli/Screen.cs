using System.Diagnostics;
using System.Globalization;
using LeadScoring.Worker.Jobs;
using Spectre.Console;

namespace LeadScoring.Worker.Cli;

/// <summary>How far a step is, 0 to 1 (null when it cannot tell), and what it is at.</summary>
public readonly record struct StepProgress(double? Share, string Words);

/// <summary>Shows work as it goes: a bar on a terminal, elsewhere a plain line a step and one more now and then of a long one; keeps the seconds.</summary>
/// <remarks>With <c>--json</c> the lines go to standard error, so that standard output holds one object.</remarks>
public sealed class Screen(TextWriter output, TextWriter error, bool json, TimeProvider? time = null)
{
    readonly bool _bars = !json && !Console.IsOutputRedirected && ReferenceEquals(output, Console.Out);
    readonly SortedDictionary<string, double> _seconds = new(StringComparer.Ordinal);

    /// <summary>True when standard output is to hold one JSON object and nothing else.</summary>
    public bool Json { get; } = json;

    /// <summary>Wall-clock seconds of each step so far.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>Is told the name of each step when it begins.</summary>
    public Action<string>? StepBegun { get; set; }

    /// <summary>Is told how far a step is, by its name; as often as the step says so, from any thread.</summary>
    public Action<string, StepProgress>? Progressed { get; init; }

    /// <summary>Where people read: standard output, or standard error with <c>--json</c>.</summary>
    public TextWriter Lines { get; } = json ? error : output;

    /// <summary>Where the result goes.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Does one step, shows it, and says in one line what came of it.</summary>
    public T Step<T>(string name, Func<IProgress<StepProgress>, T> work, Func<T, string> words)
    {
        StepBegun?.Invoke(name);
        using var measured = new MeasuredStep(name);
        var started = Stopwatch.GetTimestamp();
        var result = _bars
            ? WithBar(name, bar => work(Told(name, bar)))
            : work(Told(name, new NowAndThen(name, Lines, time ?? TimeProvider.System)));
        measured.Done();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _seconds[name] = Math.Round(seconds, 3);
        Lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name, -9} {words(result)}  ({seconds:0.0} s)"));
        return result;
    }

    IProgress<StepProgress> Told(string name, IProgress<StepProgress> shown) =>
        Progressed is { } progressed ? new Both(name, shown, progressed) : shown;

    static T WithBar<T>(string name, Func<IProgress<StepProgress>, T> work) =>
        AnsiConsole
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(name), maxValue: 1);
                task.IsIndeterminate = true;
                return work(new Bar(name, task));
            });

    sealed class Both(string name, IProgress<StepProgress> shown, Action<string, StepProgress> told)
        : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            shown.Report(value);
            told(name, value);
        }
    }

    sealed class Bar(string name, ProgressTask task) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            task.IsIndeterminate = value.Share is null;
            task.Value = value.Share ?? 0;
            task.Description = Markup.Escape($"{name}: {value.Words}");
        }
    }

    /// <summary>A line every half minute: a file of lines is read later, by somebody who looks for where it stopped.</summary>
    sealed class NowAndThen(string name, TextWriter lines, TimeProvider time) : IProgress<StepProgress>
    {
        static readonly TimeSpan _between = TimeSpan.FromSeconds(30);

        readonly Lock _gate = new();
        long _last = time.GetTimestamp();

        public void Report(StepProgress value)
        {
            lock (_gate)
            {
                if (time.GetElapsedTime(_last) < _between)
                    return;
                _last = time.GetTimestamp();
                var share = value.Share is { } known
                    ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0} % ")
                    : "";
                lines.WriteLine($"{name, -9} {share}{value.Words}");
            }
        }
    }
}
