using System.Text;

namespace Radiomics.Extraction.Tests;

/// <summary>Response maps by a filter's JSON, as settings have it.</summary>
internal static class FilteredMap
{
    /// <summary>The filter's settings; single quotes stand for double ones.</summary>
    public static FilterSettings Settings(string filter) =>
        ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes($$"""{"name":"x","filters":[{{{filter.Replace('\'', '"')}}}]}""")).Filters[0];

    /// <summary>The response of the whole image, as an extraction shows it.</summary>
    public static float[] Of(Volume image, string filter)
    {
        var settings = new ExtractionSettings { Name = "map", MeasureOriginal = false, Families = [FeatureFamily.Statistics], Filters = [Settings(filter)] };
        var ones = new byte[image.Voxels.Length];
        Array.Fill(ones, (byte)1);
        var maps = new KeptMaps();
        FeatureExtractor.Extract(image, new(image.Geometry, ones), settings, new() { Maps = maps });
        return maps.Images[FilterNames.Of(settings.Filters[0], Conventions.Ibsi)[0].TrimEnd('_')].Voxels;
    }

    /// <summary>The response in the domain's output box; of a filter with one map.</summary>
    public static float[] Of(FilterDomain domain, string filter)
    {
        var map = new float[domain.Output.Count];
        ImageFilter.Apply(Settings(filter), Conventions.Ibsi, 0, domain, [map], threads: 1, CancellationToken.None);
        return map;
    }
}
