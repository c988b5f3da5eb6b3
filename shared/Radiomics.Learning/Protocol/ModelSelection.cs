using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>From the candidates of all sequences to one model.</summary>
public static class ModelSelection
{
    /// <summary>
    /// The candidate with the largest mean AUC over the outer folds among those that settings let win; of equals the simpler learner, then the first sequence
    /// in ordinal order, then the first feature set.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>NoCandidate</c>: none of the trained candidates may win.</exception>
    public static Candidate Winner(IReadOnlyList<SequenceTraining> trainings, ProtocolSettings settings) =>
        trainings
            .SelectMany(training => training.Candidates)
            .Where(result => settings.WinnerFrom.Contains(result.Candidate.FeatureSet))
            .OrderByDescending(result => result.CvAuc)
            .ThenBy(result => result.Candidate.Learner)
            .ThenBy(result => result.Candidate.Sequence, StringComparer.Ordinal)
            .ThenBy(result => result.Candidate.FeatureSet)
            .FirstOrDefault()?.Candidate
        ?? throw new RadiomicsException(
            "NoCandidate",
            $"None of the trained candidates reads what a winner may read ({string.Join(", ", settings.WinnerFrom)}); see why they were skipped.");
}
