using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>The rates of a numeric feature: a few ranges by quantiles, zero and "no value" on their own.</summary>
/// <remarks>
/// The known values other than zero are cut at octiles of an even sample of the rows. A range with too few contacts, or
/// with so few that neither the positives seen nor those expected at the base rate say anything, is put together with
/// its thinner neighbour, but never across a zero that many contacts share. Each contact keeps one bit a range, so the
/// distinct contacts of ranges put together are counted, not guessed.
/// </remarks>
static class NumberRates
{
    const int Parts = 8;
    const int Sampled = 1 << 14;

    /// <param name="seen">Room for one number a contact, to be used freely.</param>
    public static FeatureRates Of(Feature feature, float[] column, CountedRows rows, uint[] seen)
    {
        var cuts = Cuts(column);
        var missing = cuts.Length + 1;
        var bins = new Bin[missing + 1];
        Array.Fill(bins, new Bin { Least = float.PositiveInfinity, Greatest = float.NegativeInfinity });
        Array.Clear(seen);
        for (var row = 0; row < column.Length; row++)
        {
            var value = column[row];
            var place = float.IsFinite(value) ? PlaceOf(value, cuts) : missing;
            ref var bin = ref bins[place];
            bin.Rows++;
            bin.Positives += rows.Labels[row] == 1 ? 1 : 0;
            bin.Least = Math.Min(bin.Least, value);
            bin.Greatest = Math.Max(bin.Greatest, value);
            seen[rows.Contacts[row]] |= 1u << place;
        }
        for (var place = 0; place < bins.Length; place++)
            bins[place].Places = 1u << place;
        var owners = new int[1 << bins.Length];
        foreach (var places in seen)
            owners[places]++;
        for (var place = 0; place < bins.Length; place++)
            bins[place].Contacts = Owners(owners, bins[place].Places);

        var ranges = Merged([.. bins[..missing].Where(bin => bin.Rows > 0)], owners, rows.BaseRate);
        return new(
            feature.Name,
            FeatureType.Numeric,
            [.. ranges.Where(IsSpokenOf).Select(bin => Told(bin, bin.Least, bin.Greatest))],
            IsSpokenOf(bins[missing]) ? Told(bins[missing], double.NaN, double.NaN) : null
        );
    }

    /// <summary>Rows with neighbouring values.</summary>
    record struct Bin
    {
        public int Rows;
        public int Positives;
        public int Contacts;

        /// <summary>The bits of the places that were put together.</summary>
        public uint Places;
        public float Least;
        public float Greatest;

        public readonly bool IsZero => Least == 0 && Greatest == 0;
    }

    static ValueRange Told(Bin bin, double from, double to) => new(from, to, bin.Rows, bin.Contacts, bin.Positives);

    static bool IsSpokenOf(Bin bin) => bin.Contacts >= RateTable.FewestContacts;

    /// <summary>Upper ends of all places but the last, rising; zero has a place of its own.</summary>
    static float[] Cuts(float[] column)
    {
        var step = Math.Max(1, column.Length / Sampled);
        List<float> sample = [];
        for (var row = 0; row < column.Length; row += step)
            if (float.IsFinite(column[row]) && column[row] != 0)
                sample.Add(column[row]);
        sample.Sort();
        SortedSet<float> cuts = [-float.Epsilon, 0];
        for (var part = 1; part < Parts && sample.Count > 0; part++)
            cuts.Add(sample[(sample.Count * part - 1) / Parts]);
        return [.. cuts];
    }

    static int PlaceOf(float value, float[] cuts)
    {
        var place = 0;
        while (place < cuts.Length && value > cuts[place])
            place++;
        return place;
    }

    /// <summary>Puts thin ranges together with their thinner neighbour until none is thin or none is left to join.</summary>
    static List<Bin> Merged(List<Bin> bins, int[] owners, double baseRate)
    {
        while (Thinnest(bins, baseRate) is { } thin)
        {
            var left = thin > 0 && !StandsAlone(bins[thin - 1]) ? bins[thin - 1].Contacts : int.MaxValue;
            var right = thin + 1 < bins.Count && !StandsAlone(bins[thin + 1]) ? bins[thin + 1].Contacts : int.MaxValue;
            var first = left <= right ? thin - 1 : thin;
            bins[first] = Joined(bins[first], bins[first + 1], owners);
            bins.RemoveAt(first + 1);
        }
        return bins;
    }

    /// <summary>The thin range with the fewest contacts that has a neighbour to join; null when there is none.</summary>
    static int? Thinnest(List<Bin> bins, double baseRate)
    {
        int? thinnest = null;
        for (var place = 0; place < bins.Count; place++)
        {
            var canJoin =
                !StandsAlone(bins[place])
                && (
                    (place > 0 && !StandsAlone(bins[place - 1]))
                    || (place + 1 < bins.Count && !StandsAlone(bins[place + 1]))
                );
            if (canJoin && IsThin(bins[place], baseRate) && !(bins[place].Contacts >= Least(thinnest)))
                thinnest = place;
        }
        return thinnest;

        int Least(int? place) => place is { } known ? bins[known].Contacts : int.MaxValue;
    }

    static bool StandsAlone(Bin bin) => bin.IsZero && IsSpokenOf(bin);

    static bool IsThin(Bin bin, double baseRate)
    {
        if (!IsSpokenOf(bin))
            return true;
        var seen = (double)bin.Positives / bin.Rows * bin.Contacts;
        return Math.Max(seen, baseRate * bin.Contacts) < RateTable.FewestPositives;
    }

    static Bin Joined(Bin left, Bin right, int[] owners) =>
        new()
        {
            Rows = left.Rows + right.Rows,
            Positives = left.Positives + right.Positives,
            Places = left.Places | right.Places,
            Contacts = Owners(owners, left.Places | right.Places),
            Least = Math.Min(left.Least, right.Least),
            Greatest = Math.Max(left.Greatest, right.Greatest),
        };

    /// <summary>Contacts with a row in any of the places.</summary>
    static int Owners(int[] owners, uint places)
    {
        var contacts = 0;
        for (var kept = 1; kept < owners.Length; kept++)
            contacts += (kept & places) != 0 ? owners[kept] : 0;
        return contacts;
    }
}
