using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>One case to learn from.</summary>
/// <param name="Subject">Pseudonym of the case; orders the cohort and appears nowhere else.</param>
/// <param name="Features">Features of the model's sequence.</param>
/// <param name="Label">Whether the case has the outcome.</param>
public sealed record LabelledFeatures(string Subject, FeatureVector Features, bool Label);
