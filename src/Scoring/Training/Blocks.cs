namespace LeadScoring.Scoring.Training;

/// <summary>Loops over fixed blocks of rows; the blocks do not depend on the number of threads.</summary>
static class Blocks
{
    /// <param name="body">Called with (block, first row, row after the last).</param>
    public static void Run(int rows, int blockRows, ParallelOptions parallel, Action<int, int, int> body)
    {
        var blocks = (rows + blockRows - 1) / blockRows;
        For(blocks, rows, parallel, block => body(block, block * blockRows, Math.Min(rows, (block + 1) * blockRows)));
    }

    /// <summary>A parallel loop, or a plain one when there is too little work to share.</summary>
    /// <param name="work">About how many elements the loop touches in all.</param>
    public static void For(int count, long work, ParallelOptions parallel, Action<int> body)
    {
        if (work >= 20_000 && count > 1 && parallel.MaxDegreeOfParallelism != 1)
        {
            Parallel.For(0, count, parallel, body);
            return;
        }
        parallel.CancellationToken.ThrowIfCancellationRequested();
        for (var i = 0; i < count; i++)
            body(i);
    }
}
