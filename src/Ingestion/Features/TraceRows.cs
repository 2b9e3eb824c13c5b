using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>The traces of one contact, ascending by time, column by column as the lake holds them.</summary>
/// <param name="value">NaN is "no value".</param>
/// <param name="automated">0 is a person's.</param>
readonly ref struct TraceRows(
    ReadOnlySpan<long> at,
    ReadOnlySpan<long> knownAt,
    ReadOnlySpan<ushort> kind,
    ReadOnlySpan<ushort> channel,
    ReadOnlySpan<ushort> theme,
    ReadOnlySpan<ushort> municipality,
    ReadOnlySpan<float> value,
    ReadOnlySpan<byte> automated
)
{
    public ReadOnlySpan<long> At { get; } = at;
    public ReadOnlySpan<long> KnownAt { get; } = knownAt;
    public ReadOnlySpan<ushort> Kind { get; } = kind;
    public ReadOnlySpan<ushort> Channel { get; } = channel;
    public ReadOnlySpan<ushort> Theme { get; } = theme;
    public ReadOnlySpan<ushort> Municipality { get; } = municipality;
    public ReadOnlySpan<float> Value { get; } = value;
    public ReadOnlySpan<byte> Automated { get; } = automated;

    public int Count => At.Length;

    /// <summary>The same traces, other ones of them automated.</summary>
    public TraceRows With(ReadOnlySpan<byte> automated) =>
        new(At, KnownAt, Kind, Channel, Theme, Municipality, Value, automated);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TraceRows Slice(int first, int count) =>
        new(
            At.Slice(first, count),
            KnownAt.Slice(first, count),
            Kind.Slice(first, count),
            Channel.Slice(first, count),
            Theme.Slice(first, count),
            Municipality.Slice(first, count),
            Value.Slice(first, count),
            Automated.Slice(first, count)
        );
}
