namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Turns a feature's values into bytes that hold all the model's questions ever ask of them.</summary>
abstract class CodedColumn(int feature)
{
    public int Feature { get; } = feature;

    /// <summary>Bytes a value, each in a stretch of its own.</summary>
    public abstract int Width { get; }

    /// <param name="values">At most <see cref="BlockCodes.Rows"/>.</param>
    /// <param name="codes"><see cref="Width"/> stretches of <see cref="BlockCodes.Rows"/>.</param>
    public abstract void Code(scoped ReadOnlySpan<float> values, Span<byte> codes);
}
