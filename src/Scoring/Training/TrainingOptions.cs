namespace LeadScoring.Scoring.Training;

/// <summary>Everything that decides which trees are grown.</summary>
public sealed record TrainingOptions
{
    /// <summary>Most trees to grow.</summary>
    [Limits(1)]
    public int Trees { get; init; } = 300;

    /// <summary>Most leaves a tree.</summary>
    [Limits(2, 32_768)]
    public int Leaves { get; init; } = 15;

    /// <summary>Share of each tree's output that is kept.</summary>
    [Limits(0, 1, Above = true)]
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Most bins a feature, the bin for missing values not counted.</summary>
    [Limits(2, 255)]
    public int Bins { get; init; } = 255;

    /// <summary>Fewest rows a leaf.</summary>
    [Limits(1)]
    public int MinimumRows { get; init; } = 20;

    /// <summary>Least sum of second derivatives a leaf.</summary>
    [Limits(0)]
    public double MinimumHessian { get; init; } = 1e-3;

    /// <summary>L2 penalty on leaf values.</summary>
    [Limits(0)]
    public double L2 { get; init; } = 1;

    /// <summary>Least gain a split must bring.</summary>
    [Limits(0)]
    public double MinimumGain { get; init; }

    /// <summary>Share of features each tree may use, at least 2; half of them keeps few strong ones from hiding the others.</summary>
    [Limits(0, 1, Above = true)]
    public double FeatureShare { get; init; } = 0.5;

    /// <summary>Share of rows each tree sees.</summary>
    [Limits(0, 1, Above = true)]
    public double RowShare { get; init; } = 0.7;

    /// <summary>Smoothing of a level's gradient statistics before levels are sorted.</summary>
    [Limits(0)]
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>L2 penalty on categorical splits, on top of <see cref="L2"/>.</summary>
    [Limits(0)]
    public double CategoryL2 { get; init; } = 10;

    /// <summary>Levels with fewer training rows than this are pooled and go with the missing ones.</summary>
    [Limits(1)]
    public int MinimumLevelRows { get; init; } = 10;

    /// <summary>Features with which the likelihood may only rise, or only fall.</summary>
    public MonotoneFeatures Monotone { get; init; } = MonotoneFeatures.None;

    /// <summary>Trees without a better validation loss before training stops; 0 grows them all.</summary>
    [Limits(0)]
    public int EarlyStopping { get; init; } = 30;

    /// <summary>
    /// Models grown with seeds of their own and averaged (bagging; Breiman 1996): steadier where rows are few, and of
    /// use only with a <see cref="RowShare"/> or <see cref="FeatureShare"/> below 1. Each grows <see cref="Trees"/>.
    /// </summary>
    [Limits(1)]
    public int Bags { get; init; } = 1;

    /// <summary>Threads to use, 0 is one a core; the result does not depend on it.</summary>
    [Limits(0)]
    public int Threads { get; init; }

    /// <summary>Seed of row and feature sampling.</summary>
    public int Seed { get; init; } = 1;
}
