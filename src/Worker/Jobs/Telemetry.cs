using System.Diagnostics.Metrics;
using System.Globalization;
using LeadScoring.Worker.Store;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LeadScoring.Worker.Jobs;

/// <summary>Sends traces and metrics over OTLP for as long as a worker lives; without an endpoint nothing of it is loaded.</summary>
/// <remarks>
/// The environment's other <c>OTEL_</c> names (protocol, headers, service name, intervals) count as they do everywhere.
/// Requests to the web endpoints and SQL are not traced: their paths and texts could tell of people.
/// </remarks>
sealed class Telemetry : IDisposable
{
    readonly Home _home;
    readonly JobSettings _settings;
    readonly TimeProvider _time;
    readonly TracerProvider _traces;
    readonly MeterProvider _metrics;

    Telemetry(Home home, JobSettings settings, TimeProvider time)
    {
        (_home, _settings, _time) = (home, settings, time);
        JobMeasures.Meter.CreateObservableGauge(
            "leads.queue.age",
            () => Look(QueueAges),
            "s",
            "For how long work has been due that nobody has begun, by job"
        );
        JobMeasures.Meter.CreateObservableGauge(
            "leads.alarms.standing",
            () => Look(Alarms),
            "{alarm}",
            "Things that somebody has to look at"
        );
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService("leads", serviceInstanceId: name)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(JobMeasures.Name)
            .AddOtlpExporter(options => Send(options, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(JobMeasures.Name, "System.Runtime")
            .AddOtlpExporter(options => Send(options, "v1/metrics"))
            .Build();
    }

    /// <summary>Begins to send when the settings name an endpoint.</summary>
    public static IDisposable? Of(Home home, JobSettings settings, TimeProvider time) =>
        settings.Telemetry is null ? null : new Telemetry(home, settings, time);

    /// <summary>Sends what has not been sent yet.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    void Send(OtlpExporterOptions options, string path)
    {
        options.Protocol = _settings.TelemetryProtocol is "grpc"
            ? OtlpExportProtocol.Grpc
            : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint =
            options.Protocol == OtlpExportProtocol.Grpc
                ? _settings.Telemetry!
                : new($"{_settings.Telemetry!.AbsoluteUri.TrimEnd('/')}/{path}");
    }

    IEnumerable<Measurement<double>> QueueAges(LeadStore store) =>
        new JobUnits(store)
            .QueueAges(_time.GetUtcNow().UtcDateTime)
            .Select(queue => new Measurement<double>(
                queue.Age.TotalSeconds,
                new KeyValuePair<string, object?>("leads.job", queue.Job)
            ));

    IEnumerable<Measurement<long>> Alarms(LeadStore store) =>
        [new(new AlarmBook(store).Standing(_time.GetUtcNow().UtcDateTime, _settings.Silence).Count)];

    /// <summary>While the store cannot be used there is nothing to measure: the gap says so, and readiness says why.</summary>
    Measurement<T>[] Look<T>(Func<LeadStore, IEnumerable<Measurement<T>>> at)
        where T : struct
    {
        try
        {
            using var store = LeadStore.Open(_home.Path, patienceSeconds: 2);
            return [.. at(store)];
        }
        catch (WorkerException)
        {
            return [];
        }
    }
}
