namespace Radiomics.Learning;

/// <summary>A candidate beside the winner.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="CvAuc">Mean AUC of the outer folds; null if it wasn't trained.</param>
/// <param name="CvAucDeviation">Standard deviation of the folds' AUCs; null if it wasn't trained.</param>
/// <param name="DifferenceToWinner">AUC of its out-of-fold scores less that of the winner's, on the cases that both have; null for the winner, or if it wasn't trained.</param>
/// <param name="P">Two-sided p of that difference (paired DeLong); null for the winner, or if it can't be had.</param>
/// <param name="Skipped">Why it wasn't trained; null if it was.</param>
public sealed record CandidateCard(Candidate Candidate, double? CvAuc, double? CvAucDeviation, double? DifferenceToWinner, double? P, string? Skipped);

/// <summary>One feature of a model.</summary>
/// <param name="Name">IBSI tag or covariate.</param>
/// <param name="Weight">Linear model: change of the log-odds for one standard deviation. Trees: mean absolute contribution over the training cases, as a share of all features' sum.</param>
/// <param name="Stability">Lower 95 % bound of ICC(1,1); null where it wasn't measured.</param>
/// <param name="ChosenIn">Share of the outer folds in which the feature was chosen, in [0,1].</param>
public sealed record FeatureCard(string Name, double Weight, double? Stability, double ChosenIn);

/// <summary>Optimism by bootstrap (Harrell): what resubstitution promises too much.</summary>
/// <param name="ApparentAuc">AUC on the cases that the model was fitted to.</param>
/// <param name="Optimism">Mean over the resamples of AUC on the resample less AUC on all cases.</param>
/// <param name="CorrectedAuc">The difference of the two.</param>
/// <param name="Bootstraps">Number of resamples.</param>
public sealed record OptimismCard(double ApparentAuc, double Optimism, double CorrectedAuc, int Bootstraps);

/// <summary>The nested procedure on shuffled labels.</summary>
/// <param name="Permutations">Number of shuffles.</param>
/// <param name="MeanAuc">Mean cross-validated AUC over the shuffles; near 0.5 if the procedure is honest.</param>
/// <param name="P">Share of the shuffles that did at least as well as the labels, both counted with one added.</param>
public sealed record PermutationCard(int Permutations, double MeanAuc, double P);

/// <summary>The same candidate trained on other cases, judged on this center's.</summary>
/// <param name="Scope"><c>center</c>, <c>pooled</c> or <c>harmonised</c>.</param>
/// <param name="CvAuc">Cross-validated AUC on this center's training cases.</param>
/// <param name="Interval">95 % interval of the AUC of the out-of-fold scores (DeLong).</param>
/// <param name="P">Two-sided p against <c>center</c> (paired DeLong); null for <c>center</c> itself, or if it can't be had.</param>
public sealed record ScopeCard(string Scope, double CvAuc, Interval Interval, double? P);

/// <summary>How stability was measured, without labels.</summary>
/// <param name="Patients">Training patients it was measured on.</param>
/// <param name="Perturbations">Perturbations of each, the original not counted.</param>
/// <param name="Cutoff">Least lower 95 % bound of ICC(1,1).</param>
/// <param name="Measured">Features measured.</param>
/// <param name="Passed">Features at or above the cutoff.</param>
public sealed record StabilityCard(int Patients, int Perturbations, double Cutoff, int Measured, int Passed);
