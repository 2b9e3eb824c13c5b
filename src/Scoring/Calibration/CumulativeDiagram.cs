namespace LeadScoring.Scoring.Calibration;

/// <summary>Rows by rising score as points (rows so far, positives so far): isotonic rates are slopes of the line under them.</summary>
/// <remarks>
/// Barlow et al., Statistical inference under order restrictions, 1972: the isotonic rate of a score is the slope there
/// of the greatest convex line that stays under all points. A row added at the i-th score moves the points from the i-th
/// on by (weight, weight * label), and the slope at i becomes that of the bridge between the line under the points
/// before and the line under the moved ones. From one score to the next either end of the bridge moves to the right
/// only, so that all bridges together cost as much as one walk (the idea of Vovk, Petej and Fedorova, NIPS 2015).
/// </remarks>
sealed class CumulativeDiagram
{
    readonly double[] _x;
    readonly double[] _y;

    /// <param name="scores">Different scores, rising.</param>
    /// <param name="x">Rows up to each score, from 0: one more than scores.</param>
    /// <param name="y">Positives up to each score, from 0.</param>
    CumulativeDiagram(double[] scores, double[] x, double[] y) => (Scores, _x, _y) = (scores, x, y);

    /// <summary>The different scores, rising.</summary>
    public double[] Scores { get; }

    public static CumulativeDiagram Of(double[] scores, float[] labels)
    {
        var (sorted, ordered) = ((double[])scores.Clone(), (float[])labels.Clone());
        Array.Sort(sorted, ordered);
        var different = new List<double>();
        List<double> x = [0],
            y = [0];
        double positives = 0;
        for (var row = 0; row < sorted.Length; row++)
        {
            positives += ordered[row];
            if (row + 1 < sorted.Length && sorted[row + 1] == sorted[row])
                continue;
            different.Add(sorted[row]);
            x.Add(row + 1);
            y.Add(positives);
        }
        return new CumulativeDiagram([.. different], [.. x], [.. y]);
    }

    /// <summary>For each score, the isotonic rate there once a row of that score is added; never falling.</summary>
    /// <param name="weight">Of the added row, over 0.</param>
    /// <param name="label">0 or 1, of the added row.</param>
    public double[] WithOneMore(double weight, double label)
    {
        var next = NextUnder();
        var line = new int[_x.Length]; // under the points before score i, as a stack
        var (top, left, right) = (-1, 0, 1);
        var slopes = new double[Scores.Length];
        for (var i = 1; i < _x.Length; i++)
        {
            Push(line, ref top, i - 1);
            left = Math.Min(left, top);
            right = Math.Max(right, i);
            var slope = Tangent(line[left], ref right);
            while (left < top && Slope(line[left], line[left + 1]) < slope)
                slope = Tangent(line[++left], ref right);
            slopes[i - 1] = slope;
        }
        return slopes;

        // The least slope from a point before to the moved points; `right` is where it touches them.
        double Tangent(int from, ref int right)
        {
            var slope = Bridge(from, right);
            while (next[right] > 0 && Bridge(from, next[right]) is var further && further <= slope)
                (right, slope) = (next[right], further);
            return slope;
        }

        double Bridge(int from, int to) => (_y[to] + weight * label - _y[from]) / (_x[to] + weight - _x[from]);
    }

    double Slope(int from, int to) => (_y[to] - _y[from]) / (_x[to] - _x[from]);

    void Push(int[] line, ref int top, int point)
    {
        while (top > 0 && Slope(line[top - 1], line[top]) >= Slope(line[top], point))
            top--;
        line[++top] = point;
    }

    // Of each point, the next on the line under it and all later points; 0 after the last.
    int[] NextUnder()
    {
        var next = new int[_x.Length];
        for (var point = _x.Length - 2; point >= 0; point--)
        {
            var to = point + 1;
            while (next[to] > 0 && Slope(point, next[to]) <= Slope(point, to))
                to = next[to];
            next[point] = to;
        }
        return next;
    }
}
