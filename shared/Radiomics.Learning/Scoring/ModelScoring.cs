namespace Radiomics.Learning;

/// <summary>What a model says of one patient, and why.</summary>
/// <param name="Probability">Calibrated, in [0,1].</param>
/// <param name="Positive">Whether the probability reaches the threshold.</param>
/// <param name="Threshold">Probability from which on (inclusive) the decision is positive.</param>
/// <param name="Score">On the learner's own scale, before calibration.</param>
/// <param name="Base">Log-odds without any contribution; with the contributions it sums to the log-odds of the probability.</param>
/// <param name="Contributions">A feature each, in the order of the model.</param>
/// <param name="Distance">How far the patient lies from the training cases.</param>
/// <param name="Warnings">Values that were put in for undefined ones, and <see cref="TrainingDistance.Warning"/>; empty if there is nothing to say.</param>
public sealed record ModelScoring(
    double Probability,
    bool Positive,
    double Threshold,
    double Score,
    double Base,
    IReadOnlyList<FeatureContribution> Contributions,
    TrainingDistance Distance,
    IReadOnlyList<string> Warnings);

/// <summary>One feature of a scoring.</summary>
/// <param name="Feature">IBSI tag or covariate.</param>
/// <param name="Value">Its value; null where undefined, and the training cases' median counts.</param>
/// <param name="Standardised">Distance from the training mean in standard deviations.</param>
/// <param name="Contribution">What it adds to the log-odds of the calibrated probability.</param>
public sealed record FeatureContribution(string Feature, double? Value, double Standardised, double Contribution);

/// <summary>How far a patient lies from the training cases.</summary>
/// <param name="Mahalanobis">Distance from their mean on the model's standardised features, with the shrunk covariance.</param>
/// <param name="Percentile">Share of the training cases that lie nearer, 0 to 100; each was measured against the others.</param>
/// <param name="OutOfRange">Features outside the training cases' range.</param>
/// <param name="Outside">Whether a feature is out of range or the percentile is at least 97.5.</param>
/// <param name="Warning">A sentence where it is outside; else null.</param>
public sealed record TrainingDistance(double Mahalanobis, double Percentile, IReadOnlyList<string> OutOfRange, bool Outside, string? Warning);
