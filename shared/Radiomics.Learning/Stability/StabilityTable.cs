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
        if (patients.Count == 0)
        {
            return bounds;
        }

        if (patients.Any(images => images.Count < 2 || images.Count != patients[0].Count))
        {
            throw new ArgumentException("Every patient needs the features of the original image and of equally many perturbed ones.", nameof(patients));
        }

        foreach (var feature in patients.SelectMany(images => images[0].Features.Keys).Distinct(StringComparer.Ordinal))
        {
            var subjects = patients.Select(images => Values(images, feature)).OfType<double[]>().ToArray();
            if (subjects.Length >= 2 && subjects.Any(values => values.Any(value => value != subjects[0][0])))
            {
                bounds[feature] = Icc.OneWay(subjects).LowerBound;
            }
        }

        return bounds;
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
