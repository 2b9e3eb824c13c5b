using System.Runtime.InteropServices;

namespace LeadScoring.Scoring.Training;

/// <summary>Rows as codes of lanes, laid out twice: by tile for many rows of few lanes, by row for few rows of all lanes.</summary>
/// <remarks>
/// <code>
/// tiles[t][row * 8 + l % 8]      eight lanes of all rows: a large node reads nearly all of it in order
/// byRow[row * Stride + l]        all lanes of a row in one or two cache lines: what a small node reads
/// </code>
/// </remarks>
sealed unsafe class BinnedRows
{
    const int BlockRows = 2048;

    /// <summary>One array holds no more; such rows have tiles only.</summary>
    const long MostBytes = 2_000_000_000;

    readonly byte[] _byRow;
    readonly byte[][] _tiles;

    /// <param name="columns">Values of each usable feature.</param>
    /// <param name="tiled">False makes no tiles where it can be avoided: nothing is to be summed.</param>
    public BinnedRows(float[][] columns, int count, FeatureBins[] bins, Lane[] lanes, bool tiled, Crew crew)
    {
        Count = count;
        var tiles = (lanes.Length + HistogramKernel.Lanes - 1) / HistogramKernel.Lanes;
        Stride = tiles * HistogramKernel.Lanes;
        HasByRow = (long)count * Stride <= MostBytes;
        _byRow = HasByRow ? GC.AllocateArray<byte>(count * Stride, pinned: true) : [];
        _tiles = new byte[tiled || !HasByRow ? tiles : 0][];
        for (var tile = 0; tile < _tiles.Length; tile++)
            _tiles[tile] = GC.AllocateArray<byte>(checked(count * HistogramKernel.Lanes), pinned: true);
        var blocks = (count + BlockRows - 1) / BlockRows;
        crew.Run(
            blocks,
            (long)count * columns.Length,
            (block, _) => Code(columns, bins, lanes, block * BlockRows, Math.Min(count, (block + 1) * BlockRows))
        );
    }

    public int Count { get; }

    /// <summary>Bytes from row to row where all lanes lie side by side.</summary>
    public int Stride { get; }

    /// <summary>Whether there is a layout by row.</summary>
    public bool HasByRow { get; }

    /// <summary>A lane's byte of row 0; the array does not move while this object lives.</summary>
    /// <param name="byRow">Of the layout by row (if there is none: of the tiles).</param>
    /// <param name="stride">Bytes from row to row.</param>
    public byte* Lane(int lane, bool byRow, out nint stride)
    {
        if (byRow && HasByRow)
        {
            stride = Stride;
            return (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_byRow, lane);
        }
        stride = HistogramKernel.Lanes;
        var tile = _tiles[lane / HistogramKernel.Lanes];
        return (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(tile, lane % HistogramKernel.Lanes);
    }

    void Code(float[][] columns, FeatureBins[] bins, Lane[] lanes, int from, int until)
    {
        Span<byte> one = stackalloc byte[until - from];
        Span<byte> codes = stackalloc byte[until - from];
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            codes.Clear();
            foreach (var member in lanes[lane].Members)
            {
                bins[member.Feature].Fill(columns[member.Feature].AsSpan(from, one.Length), one);
                for (var i = 0; i < one.Length; i++)
                    codes[i] += (byte)(one[i] * member.Stride);
            }
            if (HasByRow)
                Put(codes, _byRow, (from * Stride) + lane, Stride);
            if (_tiles.Length > 0)
            {
                var (tile, place) = (lane / HistogramKernel.Lanes, lane % HistogramKernel.Lanes);
                Put(codes, _tiles[tile], (from * HistogramKernel.Lanes) + place, HistogramKernel.Lanes);
            }
        }
    }

    static void Put(ReadOnlySpan<byte> codes, byte[] into, int at, int step)
    {
        foreach (var code in codes)
        {
            into[at] = code;
            at += step;
        }
    }
}
