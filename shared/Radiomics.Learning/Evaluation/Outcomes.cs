using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>What every measure of separation asks of its cases.</summary>
internal static class Outcomes
{
    /// <summary>
    /// Counts both classes. <see cref="ArgumentException"/> if the lists differ in length or a score is no number (infinite scores rank and are allowed);
    /// <see cref="RadiomicsException"/> <c>CohortUnusable</c> if only one class occurs.
    /// </summary>
    public static (int Positives, int Negatives) Count(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        if (scores.Count != labels.Count)
        {
            throw new ArgumentException($"There are {scores.Count} scores for {labels.Count} labels.", nameof(labels));
        }

        if (scores.Any(double.IsNaN))
        {
            throw new ArgumentException("A score is not a number.", nameof(scores));
        }

        return Count(labels);
    }

    /// <summary>Counts both classes; <c>CohortUnusable</c> if only one occurs.</summary>
    public static (int Positives, int Negatives) Count(IReadOnlyList<bool> labels)
    {
        var positives = labels.Count(label => label);
        return positives > 0 && positives < labels.Count
            ? (positives, labels.Count - positives)
            : throw new RadiomicsException("CohortUnusable",
                $"Cases with and without the outcome are needed; of these {labels.Count}, {positives} have it.");
    }

    /// <summary>As <see cref="Count(IReadOnlyList{double}, IReadOnlyList{bool})"/>, and no score may be infinite.</summary>
    public static (int Positives, int Negatives) CountFinite(IReadOnlyList<double> scores, IReadOnlyList<bool> labels) => scores.All(double.IsFinite)
        ? Count(scores, labels)
        : throw new ArgumentException("A score is not a finite number.", nameof(scores));
}
