using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>A span as it came over the wire.</summary>
sealed record OtlpSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    int Status,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>A data point of a metric; a histogram's value is its count.</summary>
sealed record OtlpPoint(string Metric, double Value, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A collector on the loopback that takes OTLP as protobuf and reads it by the field numbers of the specification.</summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto: collector, trace, metrics and common, all v1.</remarks>
sealed class OtlpReceiver : IAsyncDisposable
{
    /// <summary>Before each message gRPC sends a byte for its compression and four for its length.</summary>
    const int GrpcPrefix = 5;

    readonly ConcurrentBag<(string Path, byte[] Body)> _taken = [];
    readonly WebApplication _host;

    OtlpReceiver(WebApplication host) => _host = host;

    public Uri Address => new(_host.Urls.Single());

    public static async Task<OtlpReceiver> StartAsync(bool grpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
            server.Listen(
                IPAddress.Loopback,
                port: 0,
                at => at.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1
            )
        );
        var receiver = new OtlpReceiver(builder.Build());
        receiver._host.MapPost("/{**path}", receiver.TakeAsync);
        await receiver._host.StartAsync();
        return receiver;
    }

    async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            _taken.Add((http.Request.Path.Value!, body.ToArray()));
            return;
        }
        _taken.Add((Paths[http.Request.Path.Value!], body.ToArray()[GrpcPrefix..]));
        http.Response.ContentType = "application/grpc";
        http.Response.AppendTrailer("grpc-status", "0");
        await http.Response.Body.WriteAsync(new byte[GrpcPrefix], http.RequestAborted);
    }

    /// <summary>The methods of gRPC by the paths of HTTP that take the same messages.</summary>
    static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = "/v1/traces",
        ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"] = "/v1/metrics",
    };

    public IReadOnlyList<OtlpSpan> Spans =>
        [.. Bodies("/v1/traces").SelectMany(body => Within(body, 1, 2, 2)).Select(Span)];

    /// <summary>The latest value of each point, since counts are sent as sums from the start.</summary>
    public IReadOnlyList<OtlpPoint> Points =>
        [
            .. Bodies("/v1/metrics")
                .SelectMany(body => Within(body, 1, 2, 2))
                .SelectMany(Metric)
                .GroupBy(point => (point.Metric, Key(point)))
                .Select(same => same.MaxBy(point => point.Value)!),
        ];

    /// <summary>What the process says of itself.</summary>
    public IReadOnlyDictionary<string, string> Resource =>
        Attributes(Within(Bodies("/v1/traces").First(), 1, 1).First(), 1);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    IEnumerable<ReadOnlyMemory<byte>> Bodies(string path) =>
        _taken
            .Where(one => string.Equals(one.Path, path, StringComparison.Ordinal))
            .Select(one => (ReadOnlyMemory<byte>)one.Body);

    static string Key(OtlpPoint point) =>
        string.Join('|', point.Attributes.Select(pair => $"{pair}").Order(StringComparer.Ordinal));

    static OtlpSpan Span(ReadOnlyMemory<byte> span) =>
        new(
            Hex(span, 1),
            Hex(span, 2),
            Hex(span, 4),
            Text(Within(span, 5).Single()),
            Within(span, 15)
                .SelectMany(status => Fields(status))
                .Where(field => field.Number == 3)
                .Select(field => (int)field.Value)
                .FirstOrDefault(),
            Attributes(span, 9)
        );

    static IEnumerable<OtlpPoint> Metric(ReadOnlyMemory<byte> metric)
    {
        var name = Text(Within(metric, 1).Single());
        // Gauge 5 and sum 7 hold number points; histogram 9 holds points with a count.
        foreach (var point in Within(metric, 5, 1).Concat(Within(metric, 7, 1)))
        {
            var value = Fields(point).Single(field => field.Number is 4 or 6);
            yield return new(
                name,
                value.Number == 4 ? BitConverter.UInt64BitsToDouble(value.Value) : (long)value.Value,
                Attributes(point, 7)
            );
        }
        foreach (var point in Within(metric, 9, 1))
            yield return new(name, Fields(point).Single(field => field.Number == 4).Value, Attributes(point, 9));
    }

    static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> message, int number) =>
        Within(message, number)
            .ToDictionary(
                pair => Text(Within(pair, 1).Single()),
                pair => Value(Within(pair, 2).Single()),
                StringComparer.Ordinal
            );

    static string Value(ReadOnlyMemory<byte> any) =>
        Fields(any).Single() is { Number: 1 } text
            ? Text(text.Bytes)
            : ((long)Fields(any).Single().Value).ToString(CultureInfo.InvariantCulture);

    static string Hex(ReadOnlyMemory<byte> message, int number) =>
        string.Concat(Within(message, number).Select(bytes => Convert.ToHexStringLower(bytes.Span)));

    static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    /// <summary>The messages at the end of a way of field numbers.</summary>
    static IEnumerable<ReadOnlyMemory<byte>> Within(ReadOnlyMemory<byte> message, params int[] way) =>
        way.Aggregate(
            Enumerable.Repeat(message, 1),
            (at, number) =>
                at.SelectMany(one => Fields(one)).Where(field => field.Number == number).Select(field => field.Bytes)
        );

    static List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        List<(int, ulong, ReadOnlyMemory<byte>)> fields = [];
        for (var at = 0; at < message.Length; )
        {
            var tag = Varint(message.Span, ref at);
            var (number, wire) = ((int)(tag >> 3), (int)(tag & 7));
            switch (wire)
            {
                case 0:
                    fields.Add((number, Varint(message.Span, ref at), default));
                    break;
                case 1:
                    fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    fields.Add((number, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {wire}");
            }
        }
        return fields;
    }

    static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
