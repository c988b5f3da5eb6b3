namespace Radiomics.Learning;

/// <summary>How a model is fitted to the selected features; all by ML.NET.</summary>
public enum Learner
{
    /// <summary>L2-penalised logistic regression (LBFGS).</summary>
    LogisticRegression,

    /// <summary>Gradient boosting (LightGBM); needs libgomp to train.</summary>
    LightGbm,

    /// <summary>Random forest (FastForest).</summary>
    FastForest,
}

/// <summary>What a candidate may read.</summary>
public enum FeatureSet
{
    /// <summary>Radiomic features only: what an upload alone can answer.</summary>
    Radiomics,

    /// <summary>Clinical covariates only.</summary>
    Clinical,

    /// <summary>The selected radiomic features and the covariates.</summary>
    Joint,
}

/// <summary>One way to a model.</summary>
/// <param name="Sequence">Sequence it reads; a clinical candidate names the sequence whose cases it was compared on.</param>
/// <param name="FeatureSet">What it reads.</param>
/// <param name="Learner">How it is fitted.</param>
public sealed record Candidate(string Sequence, FeatureSet FeatureSet, Learner Learner);
