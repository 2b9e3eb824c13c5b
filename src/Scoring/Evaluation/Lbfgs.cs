namespace LeadScoring.Scoring.Evaluation;

/// <summary>Limited-memory BFGS with a backtracking line search, for smooth convex functions.</summary>
static class Lbfgs
{
    const int Memory = 10;

    /// <param name="loss">The value at a point; writes the gradient there into its second argument.</param>
    /// <returns>The lowest point found within <paramref name="rounds"/>.</returns>
    public static double[] Minimise(
        Func<double[], double[], double> loss,
        double[] start,
        int rounds,
        CancellationToken cancellation
    )
    {
        var (point, gradient) = ((double[])start.Clone(), new double[start.Length]);
        var value = loss(point, gradient);
        var history = new List<(double[] Step, double[] Change, double Rho)>();
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var direction = Direction(gradient, history);
            var slope = Dot(direction, gradient);
            if (slope > -1e-12 * (1 + Math.Abs(value)))
                break;
            var length = history.Count > 0 ? 1 : Math.Min(1, 1 / Math.Sqrt(Dot(gradient, gradient)));
            var next = new double[point.Length];
            var nextGradient = new double[point.Length];
            double nextValue;
            while (true)
            {
                for (var i = 0; i < next.Length; i++)
                    next[i] = point[i] + length * direction[i];
                nextValue = loss(next, nextGradient);
                if (nextValue <= value + 1e-4 * length * slope)
                    break;
                length /= 2;
                if (length < 1e-12)
                    return point;
            }
            Remember(history, point, next, gradient, nextGradient);
            var gain = value - nextValue;
            (point, gradient, value) = (next, nextGradient, nextValue);
            if (gain < 1e-9 * (1 + Math.Abs(value)))
                break;
        }
        return point;
    }

    static void Remember(
        List<(double[] Step, double[] Change, double Rho)> history,
        double[] point,
        double[] next,
        double[] gradient,
        double[] nextGradient
    )
    {
        double[] step = [.. next.Zip(point, (to, from) => to - from)];
        double[] change = [.. nextGradient.Zip(gradient, (to, from) => to - from)];
        var curvature = Dot(step, change);
        if (curvature <= 1e-12 * Dot(change, change))
            return;
        history.Add((step, change, 1 / curvature));
        if (history.Count > Memory)
            history.RemoveAt(0);
    }

    static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Rho)> history)
    {
        var direction = Array.ConvertAll(gradient, value => -value);
        var factors = new double[history.Count];
        for (var i = history.Count - 1; i >= 0; i--)
        {
            factors[i] = history[i].Rho * Dot(history[i].Step, direction);
            Add(direction, -factors[i], history[i].Change);
        }
        if (history.Count > 0)
        {
            var (_, change, rho) = history[^1];
            var scale = 1 / (rho * Dot(change, change));
            for (var i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }
        for (var i = 0; i < history.Count; i++)
            Add(direction, factors[i] - history[i].Rho * Dot(history[i].Change, direction), history[i].Step);
        return direction;
    }

    static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    static void Add(double[] to, double factor, double[] what)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += factor * what[i];
    }
}
