namespace LeadScoring.Benchmarks.Trees;

/// <summary>What one run of the trees benchmark found; peers print the same names.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="Training">Binning and boosting together.</param>
/// <param name="Binning">Up to the first tree, less the usual time of a tree.</param>
/// <param name="Scoring">Passes over the test rows.</param>
/// <param name="ScoredRows">Rows of all those passes together.</param>
/// <param name="ReasonRows">Rows explained.</param>
/// <param name="PeakMegabytes">Most memory resident at once while training, the table included.</param>
sealed record TreesFigures(
    string Name,
    int Rows,
    int Features,
    int Trees,
    int Leaves,
    int Threads,
    Spent Training,
    Spent Binning,
    Spent Boosting,
    Spent Scoring,
    long ScoredRows,
    Spent Reasons,
    int ReasonRows,
    double PeakMegabytes,
    double Auc,
    double LogLoss,
    double Ece,
    double OracleAuc,
    double WarmUpCpu
);
