using System.Runtime.Intrinsics;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>The baseline of the field: L2-regularised logistic regression on standardised columns.</summary>
/// <remarks>
/// Minimises the sum of log losses plus half the squared length of the coefficients (the intercept is free) by L-BFGS
/// (Nocedal and Wright, Numerical Optimization, algorithm 7.4), at most 200 rounds. Above 200,000 rows every n-th row
/// is used.
/// </remarks>
public sealed class LogisticRegression
{
    const double Penalty = 1;
    const int MostRows = 200_000;
    readonly DesignMatrix design;
    readonly double[] coefficients;

    LogisticRegression(DesignMatrix design, double[] coefficients) =>
        (this.design, this.coefficients) = (design, coefficients);

    /// <summary>One coefficient a column, then the intercept.</summary>
    internal IReadOnlyList<double> Coefficients => coefficients;

    public static LogisticRegression Fit(FeatureTable training, CancellationToken cancellation)
    {
        var step = (training.RowCount + MostRows - 1) / MostRows;
        if (step > 1)
            training = training.Take([.. Enumerable.Range(0, training.RowCount).Where(row => row % step == 0)]);
        var matrix = new DesignMatrix(training);
        var columns = matrix.Of(training);
        var start = new double[matrix.Width + 1];
        start[^1] = LogOdds.Of(training.Labels.Average(label => (double)label));
        var margins = new float[training.RowCount];
        double Loss(double[] at, double[] gradient) => LossOf(columns, training.Labels, at, gradient, margins);
        return new LogisticRegression(matrix, Lbfgs.Minimise(Loss, start, 200, cancellation));
    }

    /// <summary>Log-odds of each row; the table has the training table's features in the same order.</summary>
    public double[] Scores(FeatureTable table)
    {
        var margins = new float[table.RowCount];
        Margins(design.Of(table), coefficients, margins);
        return Array.ConvertAll(margins, margin => (double)margin);
    }

    static double LossOf(float[][] columns, float[] labels, double[] at, double[] gradient, float[] margins)
    {
        Margins(columns, at, margins);
        double loss = 0,
            sum = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            double margin = margins[row];
            loss += LogOdds.SoftPlus(margin) - labels[row] * margin;
            var residual = LogOdds.ToLikelihood(margin) - labels[row];
            sum += residual;
            margins[row] = (float)residual;
        }
        for (var c = 0; c < columns.Length; c++)
        {
            loss += Penalty / 2 * at[c] * at[c];
            gradient[c] = Dot(columns[c], margins) + Penalty * at[c];
        }
        gradient[^1] = sum;
        return loss;
    }

    static void Margins(float[][] columns, double[] at, float[] margins)
    {
        Array.Fill(margins, (float)at[^1]);
        for (var c = 0; c < columns.Length; c++)
            AddScaled(columns[c], (float)at[c], margins);
    }

    // Eight lanes whatever the machine, so that sums do not depend on it.
    static void AddScaled(ReadOnlySpan<float> column, float by, Span<float> sums)
    {
        var factor = Vector256.Create(by);
        var row = 0;
        for (; row <= column.Length - 8; row += 8)
            (Vector256.Create(sums[row..]) + Vector256.Create(column[row..]) * factor).CopyTo(sums[row..]);
        for (; row < column.Length; row++)
            sums[row] += column[row] * by;
    }

    static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double total = 0;
        const int block = 4096;
        for (var from = 0; from < left.Length; from += block)
        {
            var to = Math.Min(left.Length, from + block);
            var sums = Vector256<float>.Zero;
            var row = from;
            for (; row <= to - 8; row += 8)
                sums += Vector256.Create(left[row..]) * Vector256.Create(right[row..]);
            for (var lane = 0; lane < 8; lane++)
                total += sums[lane];
            for (; row < to; row++)
                total += (double)left[row] * right[row];
        }
        return total;
    }
}
