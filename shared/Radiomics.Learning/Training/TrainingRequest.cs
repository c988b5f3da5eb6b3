namespace Radiomics.Learning;

/// <summary>What to train, for whom, and how; with the cohort it decides every byte of the package.</summary>
public sealed record TrainingRequest
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Center the model is for.</summary>
    public required string Center { get; init; }

    /// <summary>Field strength class, <c>1.5T</c> or <c>3.0T</c>.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Sequence whose features the cohort holds.</summary>
    public required string Sequence { get; init; }

    /// <summary>What the label means.</summary>
    public string Outcome { get; init; } = "High liver iron two years after transplantation";

    /// <summary>Where the cases come from, in words.</summary>
    public required string CohortDescription { get; init; }

    /// <summary>Seeds of the synthetic cases, for the card.</summary>
    public IReadOnlyList<int> CohortSeeds { get; init; } = [];

    /// <summary>
    /// Tags of the features to choose from, all of them if empty. By default the robust statistics of intensity: phantoms to train on may have fewer and
    /// thicker slices than the studies to predict. That changes features that grow with the number of voxels (<c>stat_energy</c>, the gradients of the
    /// histogram) or with the most extreme of them (<c>stat_range</c>, a histogram whose bins divide it), and those that weigh the tails
    /// (<c>stat_skew</c>, <c>stat_var</c>, <c>stat_medad</c>, <c>stat_p90</c>), where thick slices mix the liver's border with bright fat.
    /// <c>stat_cov</c> and <c>stat_qcod</c> divide by an average that may be zero on z-scored images.
    /// </summary>
    public IReadOnlyList<string> Candidates { get; init; } = ["stat_median", "stat_p10", "stat_iqr", "stat_rmad"];

    /// <summary>At most so many features.</summary>
    public int MaxFeatures { get; init; } = 4;

    /// <summary>Features correlated more strongly than this (absolute Pearson) with a better one are left out.</summary>
    public double MaxCorrelation { get; init; } = 0.9;

    /// <summary>Folds of the cross-validation.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>L2 penalty of the logistic regression.</summary>
    public float L2 { get; init; } = 1;

    /// <summary>Seed of the folds and of ML.NET.</summary>
    public int Seed { get; init; } = 1;
}
