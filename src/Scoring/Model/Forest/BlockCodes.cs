using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Model.Forest;

/// <summary>The codes of one block of rows: working space of one thread, coded anew for each block.</summary>
sealed class BlockCodes(ForestQuestions questions)
{
    /// <summary>Most rows of a block: their codes and one tree's leaf numbers stay near.</summary>
    public const int Rows = 256;

    /// <summary><see cref="Rows"/> bytes for each place of <see cref="ForestQuestions"/>.</summary>
    public Aligned<byte> Bytes { get; } = new(questions.Places * Rows);

    /// <summary>Codes rows [from, until) of a column-major table.</summary>
    public void Fill(float[][] columns, int from, int until)
    {
        var place = 0;
        foreach (var column in questions.Columns)
        {
            var codes = Bytes.Span.Slice(place * Rows, column.Width * Rows);
            column.Code(columns[column.Feature].AsSpan(from, until - from), codes);
            place += column.Width;
        }
    }

    /// <summary>Which of 64 rows go left at a node, one bit each.</summary>
    /// <param name="from">The first of the rows within the block.</param>
    public ulong GoLeft(int tree, int node, int from)
    {
        var left = 0ul;
        foreach (var question in questions.Of(tree, node))
        {
            ref var codes = ref Bytes.Span[question.Place * Rows + from];
            for (nuint i = 0; i < 64; i += (nuint)Vector256<byte>.Count)
            {
                var yes =
                    question.Set < 0
                        ? ByteAnswers.AtMost(ref codes, i, question.Most)
                        : ByteAnswers.Within(ref codes, i, ref questions.Sets[question.Set]);
                left |= (ulong)yes.ExtractMostSignificantBits() << (int)i;
            }
        }
        return left;
    }
}
