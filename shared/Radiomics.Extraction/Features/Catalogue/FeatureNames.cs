namespace Radiomics.Extraction;

/// <summary>Which features settings give, without an image: the same names in the same order as a <see cref="FeatureVector"/> has.</summary>
public static class FeatureNames
{
    /// <summary>All features of an extraction, in ordinal order of their names.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the settings don't make sense together.</exception>
    public static IReadOnlyList<NamedFeature> Of(ExtractionSettings settings)
    {
        settings.Validated();
        var all = new List<NamedFeature>();
        if (settings.Conventions == Conventions.PyRadiomics)
        {
            AddPyRadiomics(settings, all);
        }
        else
        {
            AddIbsi(settings, all);
        }

        all.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return all;
    }

    private static void AddIbsi(ExtractionSettings settings, List<NamedFeature> all)
    {
        var choice = FeatureChoice.Of(settings);
        if (settings.MeasureOriginal)
        {
            Add("", settings.MeasuredFamilies, settings.Discretisations);
        }

        var ofMaps = settings.MeasuredFamilies.Where(f => f is not (FeatureFamily.Morphology or FeatureFamily.SpatialAutocorrelation)).ToArray();
        foreach (var prefix in settings.Filters.SelectMany(filter => FilterNames.Of(filter, Conventions.Ibsi)))
        {
            Add(prefix, ofMaps, settings.FilterDiscretisations);
        }

        void Add(string prefix, IReadOnlyList<FeatureFamily> families, IReadOnlyList<DiscretisationSettings>? several)
        {
            string[] discretised = several is null ? [""] : DiscretisedImages.Suffixes(several);
            foreach (var feature in FeatureCatalogue.All.Where(f => families.Contains(f.Family)))
            {
                foreach (var ending in FeatureEndings.Of(feature.Family, settings.Texture))
                {
                    if (choice?.Wants(feature, ending) ?? !feature.OnRequest)
                    {
                        foreach (var suffix in DiscretisedImages.NeedsLevels(feature.Family) ? discretised : [""])
                        {
                            all.Add(new(prefix + feature.Tag + ending + suffix, prefix, ending, feature, null));
                        }
                    }
                }
            }
        }
    }

    private static void AddPyRadiomics(ExtractionSettings settings, List<NamedFeature> all)
    {
        var special = settings.PyRadiomics ?? new();
        IEnumerable<PyRadiomicsClass> ofSlice = special.Shape2D ? [PyRadiomicsFeatures.Shape2D] : [];
        foreach (var featureClass in settings.Families.Select(PyRadiomicsFeatures.Of).Concat(ofSlice))
        {
            var isShape = featureClass.Family == FeatureFamily.Morphology;
            IEnumerable<string> images = settings.MeasureOriginal || isShape ? ["original"] : [];
            if (!isShape)
            {
                images = images.Concat(settings.Filters.SelectMany(filter => FilterNames.Of(filter, Conventions.PyRadiomics)));
            }

            foreach (var image in images)
            {
                foreach (var name in special.NamesOf(featureClass).Distinct())
                {
                    var feature = featureClass.Feature(name)!;
                    all.Add(new($"{image}_{featureClass.Name}_{name}", $"{image}_", "", feature.Counterpart, feature));
                }
            }
        }
    }
}

/// <summary>A feature as an extraction names it.</summary>
/// <param name="Name">The whole name.</param>
/// <param name="Image">What it begins with, for the image that it is of: empty for the image itself, <c>log_s3.0mm__</c>; with PyRadiomics' conventions <c>original_</c>.</param>
/// <param name="Ending">How slices and directions came together, as the tag's ending; empty if there is none.</param>
/// <param name="Feature">What it is; null for what only PyRadiomics has.</param>
/// <param name="PyRadiomics">What it is with PyRadiomics' conventions; null with IBSI's.</param>
public sealed record NamedFeature(string Name, string Image, string Ending, Feature? Feature, PyRadiomicsFeature? PyRadiomics);
