using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>
/// One image by several discretisations: families that need grey levels are measured of each, and their features' names end with the discretisation; the others once.
/// </summary>
internal sealed class DiscretisedImages(MeasuredImage[] images, string[] suffixes) : IMeasuredImage
{
    /// <summary>The image, with the first discretisation.</summary>
    public MeasuredImage First => images[0];

    /// <summary>What the names end with: <c>_fbn_n32</c>, <c>_fbs_w25</c>, <c>_none</c>.</summary>
    public static string[] Suffixes(IReadOnlyList<DiscretisationSettings> discretisations)
    {
        var suffixes = new string[discretisations.Count];
        for (var i = 0; i < suffixes.Length; i++)
        {
            var one = discretisations[i];
            suffixes[i] = one.Method switch
            {
                DiscretisationMethod.FixedBinNumber => string.Create(CultureInfo.InvariantCulture, $"_fbn_n{one.Bins}"),
                DiscretisationMethod.FixedBinSize => string.Create(CultureInfo.InvariantCulture, $"_fbs_w{one.BinSize}"),
                _ => "_none",
            };
        }

        return suffixes;
    }

    /// <inheritdoc/>
    public FeatureSink Measure(FeatureFamily family, int threads)
    {
        if (!NeedsLevels(family))
        {
            return First.Measure(family, threads);
        }

        var all = new FeatureSink();
        for (var i = 0; i < images.Length; i++)
        {
            all.Add(images[i].Measure(family, threads), "", suffixes[i]);
        }

        return all;
    }

    /// <summary>Whether a family measures grey levels.</summary>
    public static bool NeedsLevels(FeatureFamily family) => family is FeatureFamily.Histogram or FeatureFamily.Glcm or FeatureFamily.Glrlm
        or FeatureFamily.Glszm or FeatureFamily.Gldzm or FeatureFamily.Ngtdm or FeatureFamily.Ngldm;
}
