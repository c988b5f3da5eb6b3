namespace Radiomics.Extraction.Tests;

/// <summary>Small images for extractions with PyRadiomics' conventions.</summary>
internal static class PyRadiomicsCase
{
    /// <summary>PyRadiomics' defaults with bins of another width.</summary>
    public static ExtractionSettings Settings(double binWidth, PyRadiomicsSettings? special = null) => PyRadiomicsDefaults.Settings with
    {
        PyRadiomics = special ?? new(),
        Discretisation = PyRadiomicsDefaults.BinWidth(binWidth),
        FilterDiscretisation = PyRadiomicsDefaults.BinWidth(binWidth),
    };

    /// <summary>Features of an image of these voxels; without a mask all of them are the ROI.</summary>
    public static FeatureVector Extract((int X, int Y, int Z) size, float[] voxels, ExtractionSettings settings, byte[]? mask = null, double spacing = 1, PixelType type = PixelType.Float32)
    {
        var geometry = new VolumeGeometry
        {
            SizeX = size.X,
            SizeY = size.Y,
            SizeZ = size.Z,
            SpacingX = spacing,
            SpacingY = spacing,
            SpacingZ = spacing,
        };
        mask ??= [.. Enumerable.Repeat((byte)1, voxels.Length)];
        return FeatureExtractor.Extract(new(geometry, voxels, type), new(geometry, mask), settings);
    }

    /// <summary>Intensities without any pattern, the same every time, whole numbers from 0 on.</summary>
    public static float[] Noise(int count, int below, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(below))];
    }
}
