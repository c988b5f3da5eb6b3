using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>What every measure of separation asks of its cases.</summary>
internal static class Outcomes
{
    /// <summary>
    /// Counts both classes. <see cref="ArgumentException"/> if the lists differ in length or a score isn't finite;
    /// <see cref="RadiomicsException"/> <c>CohortUnusable</c> if only one class occurs.
    /// </summary>
    public static (int Positives, int Negatives) Count(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        if (scores.Count != labels.Count)
        {
            throw new ArgumentException($"There are {scores.Count} scores for {labels.Count} labels.", nameof(labels));
        }

        if (!scores.All(double.IsFinite))
        {
            throw new ArgumentException("A score is not a finite number.", nameof(scores));
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
}
