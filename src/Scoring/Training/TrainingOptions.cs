namespace LeadScoring.Scoring.Training;

/// <summary>Everything that decides which trees are grown.</summary>
public sealed record TrainingOptions
{
    /// <summary>Most trees to grow.</summary>
    public int Trees { get; init; } = 300;

    /// <summary>Most leaves a tree.</summary>
    public int Leaves { get; init; } = 15;

    /// <summary>Share of each tree's output that is kept.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Most bins a feature, the bin for missing values not counted; at most 255.</summary>
    public int Bins { get; init; } = 255;

    /// <summary>Fewest rows a leaf.</summary>
    public int MinimumRows { get; init; } = 20;

    /// <summary>Least sum of second derivatives a leaf.</summary>
    public double MinimumHessian { get; init; } = 1e-3;

    /// <summary>L2 penalty on leaf values.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>Least gain a split must bring.</summary>
    public double MinimumGain { get; init; }

    /// <summary>Share of features each tree may use, at least 2; half of them keeps few strong ones from hiding the others.</summary>
    public double FeatureShare { get; init; } = 0.5;

    /// <summary>Share of rows each tree sees.</summary>
    public double RowShare { get; init; } = 0.7;

    /// <summary>Smoothing of a level's gradient statistics before levels are sorted.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>L2 penalty on categorical splits, on top of <see cref="L2"/>.</summary>
    public double CategoryL2 { get; init; } = 10;

    /// <summary>Levels with fewer training rows than this are pooled and go with the missing ones.</summary>
    public int MinimumLevelRows { get; init; } = 10;

    /// <summary>Trees without a better validation loss before training stops; 0 grows them all.</summary>
    public int EarlyStopping { get; init; } = 30;

    /// <summary>
    /// Models grown with seeds of their own and averaged (bagging; Breiman 1996): steadier where rows are few, and of
    /// use only with a <see cref="RowShare"/> or <see cref="FeatureShare"/> below 1. Each grows <see cref="Trees"/>.
    /// </summary>
    public int Bags { get; init; } = 1;

    /// <summary>Threads to use; the result does not depend on it. 0 is all.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of row and feature sampling.</summary>
    public int Seed { get; init; } = 1;
}
