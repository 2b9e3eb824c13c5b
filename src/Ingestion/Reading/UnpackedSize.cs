using System.Globalization;

namespace LeadScoring.Ingestion.Reading;

/// <summary>How far a packed file may unpack: an export shrinks to a tenth or a fiftieth, a trap to a thousandth.</summary>
static class UnpackedSize
{
    const int MostTimes = 300;

    /// <summary>Up to so many bytes nobody minds.</summary>
    const long Harmless = 64 << 20;

    /// <param name="packed">Bytes of the file.</param>
    /// <param name="unpacked">Bytes that came out of it so far.</param>
    /// <exception cref="IngestionException">It is a trap (a "zip bomb").</exception>
    public static void Check(long packed, long unpacked)
    {
        if (unpacked > Harmless && unpacked / MostTimes > packed)
            throw new IngestionException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"its {packed:N0} packed bytes unpack to more than {MostTimes} times as many. Expected a packed export; "
                        + $"if it is one, put it into the inbox unpacked."
                )
            );
    }
}
