using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Why a model said what it said of this study, and whether it has seen its like. As small as the model: a number or two a feature.</summary>
/// <param name="Base">Log-odds before any feature; with the contributions it sums to the log-odds of the probability.</param>
/// <param name="Contributions">What each feature adds to the log-odds, in the order of the model.</param>
/// <param name="ExactContributions">True for a linear model; of trees, the change of the training mean along the path, which sums up but isn't the only way to share.</param>
/// <param name="Distance">How far the study lies from the training cases.</param>
/// <param name="Warnings">What to know before believing the probability; empty if there is nothing.</param>
public sealed record PredictionExplanation(
    double Base,
    IReadOnlyList<FeatureContribution> Contributions,
    bool ExactContributions,
    TrainingDistance Distance,
    IReadOnlyList<string> Warnings);
