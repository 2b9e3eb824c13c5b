using System.Text;

namespace LeadScoring.Funnel.Stages;

/// <summary>The whole table stage x signal as text, for people and for the golden file.</summary>
public static class StageMatrix
{
    /// <summary>One line a combination: signal, stage before, stage after, cause; <c>-</c> where nothing is noted.</summary>
    public static string Text()
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
        return text.ToString();
    }

    static IEnumerable<(Stage Stage, bool Objected, string Name)> Rows()
    {
        foreach (var stage in Enum.GetValues<Stage>().Where(s => s != Stage.Closed))
            yield return (stage, false, $"{stage}");
        yield return (Stage.Closed, false, "Closed by a no");
        yield return (Stage.Closed, true, "Closed by objection");
    }
}
