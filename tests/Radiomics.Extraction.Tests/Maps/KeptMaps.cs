namespace Radiomics.Extraction.Tests;

/// <summary>Keeps the images that it is shown.</summary>
internal sealed class KeptMaps(double? margin = null) : IExtractionMaps
{
    public double? Margin => margin;

    public Dictionary<string, Volume> Images { get; } = [];

    public Dictionary<string, Mask> Masks { get; } = [];

    public void Add(string name, Volume map) => Images.Add(name, new(map.Geometry, map.Doubles is { } doubles ? Array.ConvertAll(doubles, value => (float)value) : [.. map.Voxels]));

    public void Add(string name, Mask mask) => Masks.Add(name, mask);

    /// <summary>Intensities of a map inside the intensity mask.</summary>
    public float[] Inside(string name) =>
        [.. Images[name].Voxels.Where((_, i) => Masks["mask_intensity"].Voxels[i] != 0)];
}
