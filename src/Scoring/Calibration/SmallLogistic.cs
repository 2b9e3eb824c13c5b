namespace LeadScoring.Scoring.Calibration;

/// <summary>Logistic regression of very few columns by Newton's method with halved steps.</summary>
/// <remarks>
/// Lin, Lin, Weng: A note on Platt's probabilistic outputs (2007), for any number of columns. A ridge of 1e-6 keeps
/// separable and constant columns finite.
/// </remarks>
static class SmallLogistic
{
    const double Ridge = 1e-6;

    /// <param name="columns">One array of row values a column.</param>
    /// <param name="targets">0 to 1 a row.</param>
    /// <param name="ridge">How strongly each column's coefficient is held to 0: one over its prior's variance.</param>
    /// <returns>A coefficient a column, then the intercept.</returns>
    public static double[] Fit(double[][] columns, double[] targets, double[]? ridge = null)
    {
        var holds = Array.ConvertAll(ridge ?? new double[columns.Length], hold => hold + Ridge);
        var size = columns.Length + 1;
        var mean = targets.Average();
        var fit = new double[size];
        fit[^1] = LogOdds.Of(mean);
        var loss = Loss(columns, targets, fit, holds);
        for (var round = 0; round < 100; round++)
        {
            var (gradient, curvature) = Derivatives(columns, targets, fit, holds);
            var step = Solve(curvature, gradient);
            var share = 1.0;
            double[] next;
            double nextLoss;
            do
            {
                var kept = share;
                next = [.. fit.Zip(step, (value, change) => value - kept * change)];
                nextLoss = Loss(columns, targets, next, holds);
                share /= 2;
            } while (!(nextLoss <= loss) && share > 1e-9);
            if (!(nextLoss < loss))
                break;
            var gain = loss - nextLoss;
            (fit, loss) = (next, nextLoss);
            if (gain < 1e-12 * (1 + loss))
                break;
        }
        return fit;
    }

    static double Margin(double[][] columns, double[] fit, int row)
    {
        var margin = fit[^1];
        for (var c = 0; c < columns.Length; c++)
            margin += fit[c] * columns[c][row];
        return margin;
    }

    static double Loss(double[][] columns, double[] targets, double[] fit, double[] holds)
    {
        double loss = 0;
        for (var row = 0; row < targets.Length; row++)
        {
            var margin = Margin(columns, fit, row);
            loss += LogOdds.SoftPlus(margin) - targets[row] * margin;
        }
        for (var c = 0; c < columns.Length; c++)
            loss += holds[c] / 2 * fit[c] * fit[c];
        return loss;
    }

    static (double[] Gradient, double[,] Curvature) Derivatives(
        double[][] columns,
        double[] targets,
        double[] fit,
        double[] holds
    )
    {
        var size = fit.Length;
        var gradient = new double[size];
        var curvature = new double[size, size];
        for (var row = 0; row < targets.Length; row++)
        {
            var likelihood = LogOdds.ToLikelihood(Margin(columns, fit, row));
            var spread = likelihood * (1 - likelihood);
            for (var i = 0; i < size; i++)
            {
                var left = i < columns.Length ? columns[i][row] : 1;
                gradient[i] += (likelihood - targets[row]) * left;
                for (var j = 0; j <= i; j++)
                    curvature[i, j] += spread * left * (j < columns.Length ? columns[j][row] : 1);
            }
        }
        for (var i = 0; i < size; i++)
        {
            gradient[i] += i < columns.Length ? holds[i] * fit[i] : 0;
            curvature[i, i] += i < columns.Length ? holds[i] : Ridge;
            for (var j = 0; j < i; j++)
                curvature[j, i] = curvature[i, j];
        }
        return (gradient, curvature);
    }

    /// <summary>Gaussian elimination with row exchange; the matrix is small, symmetric and positive.</summary>
    static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        var (a, b) = ((double[,])matrix.Clone(), (double[])right.Clone());
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(a[row, column]));
            for (var j = 0; j < size; j++)
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            (b[column], b[pivot]) = (b[pivot], b[column]);
            for (var row = column + 1; row < size; row++)
            {
                var factor = a[row, column] / a[column, column];
                for (var j = column; j < size; j++)
                    a[row, j] -= factor * a[column, j];
                b[row] -= factor * b[column];
            }
        }
        for (var row = size - 1; row >= 0; row--)
        {
            for (var j = row + 1; j < size; j++)
                b[row] -= a[row, j] * b[j];
            b[row] /= a[row, row];
        }
        return b;
    }
}
