namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Shares blocks of rows out among threads; the blocks do not depend on their number.</summary>
static class RowBlocks
{
    /// <param name="threads">Threads to use; 0 is all.</param>
    /// <param name="room">Makes the working space of one thread, used for all its blocks.</param>
    /// <param name="body">Called with (working space, first row, row after the last).</param>
    public static void Run<TRoom>(
        int rows,
        int blockRows,
        int threads,
        Func<TRoom> room,
        Action<TRoom, int, int> body,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var blocks = (rows + blockRows - 1) / blockRows;
        var workers = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, blocks);
        var next = -1;
        if (workers > 1)
            Parallel.For(0, workers, new ParallelOptions { CancellationToken = cancellation }, _ => Work());
        else if (blocks > 0)
            Work();

        void Work()
        {
            var mine = room();
            for (int block; (block = Interlocked.Increment(ref next)) < blocks; )
            {
                cancellation.ThrowIfCancellationRequested();
                var from = block * blockRows;
                body(mine, from, Math.Min(rows - from, blockRows) + from);
            }
        }
    }
}
