using System.Globalization;
using System.Text;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Stages;

/// <summary>The whole table of the funnel as text, for people and for the golden file.</summary>
public static class StageMatrix
{
    /// <summary>
    /// One line a combination: signal, stage before, stage after, cause; <c>-</c> where nothing is noted. After the
    /// signals the likelihood: one block for each band of lift between the thresholds.
    /// </summary>
    public static string Text(StageThresholds thresholds)
    {
        var text = new StringBuilder("signal          from                to         cause\n");
        foreach (var signal in Enum.GetValues<SignalKind>())
        {
            text.Append('\n');
            foreach (var (stage, objected, name) in Rows())
            {
                var move = StageRule.Of(stage, signal, objected);
                var to = move.To == stage ? "=" : $"{move.To}";
                text.Append($"{signal, -15} {name, -19} {to, -10} {move.Cause ?? "-"}\n");
            }
        }
        foreach (var (least, below) in Bands(thresholds))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nlift from {least:0.0} to {below:0.0}\n");
            foreach (var stage in Enum.GetValues<Stage>())
            {
                var to = LikelihoodRule.Of(stage, least, thresholds);
                var cause = to == stage ? "-" : LikelihoodRule.CauseOf(stage, to);
                text.Append($"{"", -15} {stage, -19} {(to == stage ? "=" : $"{to}"), -10} {cause}\n");
            }
        }
        return text.ToString();
    }

    static IEnumerable<(double Least, double Below)> Bands(StageThresholds thresholds)
    {
        double[] edges =
        [
            0,
            .. new[]
            {
                thresholds.Interest.Leave,
                thresholds.Interest.Enter,
                thresholds.Desire.Leave,
                thresholds.Desire.Enter,
            }.Order(),
            double.PositiveInfinity,
        ];
        return edges.Zip(edges.Skip(1));
    }

    static IEnumerable<(Stage Stage, bool Objected, string Name)> Rows()
    {
        foreach (var stage in Enum.GetValues<Stage>().Where(s => s != Stage.Closed))
            yield return (stage, false, $"{stage}");
        yield return (Stage.Closed, false, "Closed by a no");
        yield return (Stage.Closed, true, "Closed by objection");
    }
}
