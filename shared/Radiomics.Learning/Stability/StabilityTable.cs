using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>How well features survive perturbation, from the images alone: no outcome is among the inputs.</summary>
public static class StabilityTable
{
    /// <summary>
    /// Lower 95 % bound of ICC(1,1) by feature, the patients being the subjects, the original and the perturbed images the replicates. A patient in one of whose images a
    /// feature is undefined doesn't count for that feature; a feature with fewer than two patients left, or with the same value everywhere, is left out.
    /// </summary>
    /// <param name="patients">For each patient the features of the original image, then of each perturbed one; equally many for all.</param>
    /// <exception cref="ArgumentException">Not equally many, or no perturbed image.</exception>
    public static IReadOnlyDictionary<string, double> From(IReadOnlyList<IReadOnlyList<FeatureVector>> patients)
    {
        var bounds = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (feature, stability) in Of(patients, IccForm.OneWayRandom, leastCases: 2))
        {
            if (stability.Estimate is { } estimate)
            {
                bounds[feature] = estimate.Lower;
            }
        }

        return bounds;
    }

    /// <summary>
    /// An intraclass correlation of each feature, in ordinal order, the cases being the subjects, the original and the perturbed images the replicates. A case in one of
    /// whose images a feature is undefined doesn't count for that feature.
    /// </summary>
    /// <param name="cases">For each case the features of the original image, then of each perturbed one; equally many for all.</param>
    /// <param name="form">Which correlation.</param>
    /// <param name="leastCases">With fewer cases a feature has no correlation, but a reason.</param>
    /// <exception cref="ArgumentException">Not equally many, or no perturbed image.</exception>
    public static IReadOnlyDictionary<string, FeatureStability> Of(IReadOnlyList<IReadOnlyList<FeatureVector>> cases, IccForm form, int leastCases)
    {
        if (cases.Any(images => images.Count < 2 || images.Count != cases[0].Count))
        {
            throw new ArgumentException("Every case needs the features of the original image and of equally many perturbed ones.", nameof(cases));
        }

        var features = new SortedDictionary<string, FeatureStability>(StringComparer.Ordinal);
        foreach (var feature in cases.SelectMany(images => images[0].Features.Keys).Distinct(StringComparer.Ordinal))
        {
            double[][] subjects = [.. cases.Select(images => Values(images, feature)).OfType<double[]>()];
            var reason = subjects.Length < leastCases
                ? subjects.Length == 0 ? "The feature is undefined in every case." : $"The feature is defined in all images of {subjects.Length} cases only; it takes {leastCases}."
                : subjects.All(values => values.All(value => value == subjects[0][0])) ? "The feature has the same value in every image of every case." : null;
            features[feature] = new(reason is null ? Icc.Of(form, subjects) : null, subjects.Length, reason);
        }

        return features;
    }

    private static double[]? Values(IReadOnlyList<FeatureVector> images, string feature)
    {
        var values = new double[images.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (images[i].Features.GetValueOrDefault(feature) is not { } value)
            {
                return null;
            }

            values[i] = value;
        }

        return values;
    }
}
