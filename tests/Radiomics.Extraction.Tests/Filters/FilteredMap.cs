using System.Text;

namespace Radiomics.Extraction.Tests;

/// <summary>Response maps by a filter's JSON, as settings have it.</summary>
internal static class FilteredMap
{
    /// <summary>The filter's settings; single quotes stand for double ones.</summary>
    public static FilterSettings Settings(string filter) =>
        ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes($$"""{"name":"x","filters":[{{{filter.Replace('\'', '"')}}}]}""")).Filters[0];

    /// <summary>The response of the whole image.</summary>
    public static float[] Of(Volume image, string filter)
    {
        var g = image.Geometry;
        return Of(
            new FilterDomain(image.Voxels, (g.SizeX, g.SizeY, g.SizeZ), (g.SpacingX, g.SpacingY, g.SpacingZ), VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ)), 0),
            filter);
    }

    /// <summary>The response in the domain's output box; of a filter with one map.</summary>
    public static float[] Of(FilterDomain domain, string filter)
    {
        var map = new float[domain.Output.Count];
        ImageFilter.Apply(Settings(filter), Conventions.Ibsi, 0, domain, [map], threads: 1, CancellationToken.None);
        return map;
    }
}
