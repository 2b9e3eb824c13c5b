using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Tests.Stages;

sealed class StageMatrixTests
{
    [Test]
    public void The_whole_table_is_as_the_golden_file_says() =>
        Golden.Check("stage-matrix.txt", StageMatrix.Text(PolicySet.BuiltIn.Default.Thresholds));

    [Test]
    public void Every_rule_has_a_stage_for_every_signal()
    {
        foreach (var stage in Enum.GetValues<Stage>())
        foreach (var signal in Enum.GetValues<SignalKind>())
            Assert.That(StageRule.Of(stage, signal).To, Is.Not.EqualTo((Stage)(-1)), $"{stage} {signal}");
    }

    [Test]
    public void Every_change_of_stage_by_a_signal_has_a_cause()
    {
        foreach (var stage in Enum.GetValues<Stage>())
        foreach (var signal in Enum.GetValues<SignalKind>())
            if (StageRule.Of(stage, signal) is var move && move.To != stage)
                Assert.That(move.Cause, Is.Not.Null, $"{stage} {signal}");
    }
}
