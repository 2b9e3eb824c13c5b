using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LeadScoring.Benchmarks.Trees;

/// <summary>Writes arrays of float32 as numpy's .npy files, version 1.0, row after row, which numpy can map.</summary>
/// <remarks>Source: numpy's description of the format, <c>numpy.lib.format</c>. Little-endian machines only.</remarks>
static class NumpyFile
{
    const int HeaderAlignment = 64;

    public static void Write(string path, float[] values)
    {
        using var file = File.Create(path);
        file.Write(Header($"({values.Length},)"));
        file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>Columns as a matrix of shape (rows, columns).</summary>
    public static void Write(string path, float[][] columns)
    {
        using var file = File.Create(path);
        file.Write(Header($"({columns[0].Length}, {columns.Length})"));
        var block = new float[1024 * columns.Length];
        for (var from = 0; from < columns[0].Length; from += 1024)
        {
            var rows = Math.Min(1024, columns[0].Length - from);
            for (var f = 0; f < columns.Length; f++)
            for (var row = 0; row < rows; row++)
                block[row * columns.Length + f] = columns[f][from + row];
            file.Write(MemoryMarshal.AsBytes(block.AsSpan(0, rows * columns.Length)));
        }
    }

    static byte[] Header(string shape)
    {
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
        );
        const int preamble = 10;
        var length = (preamble + words.Length + HeaderAlignment) / HeaderAlignment * HeaderAlignment - preamble;
        byte[] magic = [0x93, .. "NUMPY"u8, 1, 0, (byte)(length & 0xFF), (byte)(length >> 8)];
        return [.. magic, .. Encoding.ASCII.GetBytes(words.PadRight(length - 1) + "\n")];
    }
}
