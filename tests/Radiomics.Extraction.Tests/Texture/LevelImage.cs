namespace Radiomics.Extraction.Tests;

/// <summary>A small image of grey levels: 0 is outside the ROI, <see cref="MorphologicalOnly"/> is in the morphological mask alone.</summary>
internal sealed record LevelImage(int SizeX, int SizeY, int SizeZ, int[] Levels)
{
    /// <summary>Re-segmentation takes this intensity out of the intensity mask.</summary>
    public const int MorphologicalOnly = 70_000;

    private static readonly FeatureFamily[] Families = [FeatureFamily.Glszm, FeatureFamily.Gldzm, FeatureFamily.Ngtdm, FeatureFamily.Ngldm];

    /// <summary>Every mode of the matrices without directions.</summary>
    public static TextureSettings AllModes { get; } = new() { Aggregations = [Aggregation.Merged2D, Aggregation.Merged2Point5D, Aggregation.Merged3D] };

    /// <summary>One slice, drawn: a row a line, a digit a level, a dot outside.</summary>
    public static LevelImage Draw(params string[] rows) =>
        new(rows[0].Length, rows.Length, 1, [.. string.Concat(rows).Select(c => c == '.' ? 0 : c - '0')]);

    /// <summary>Random levels of <paramref name="levels"/> in a random ROI.</summary>
    public static LevelImage Random(int seed, int sizeX, int sizeY, int sizeZ, double inside, params int[] levels)
    {
        var random = new Random(seed);
        return new(
            sizeX, sizeY, sizeZ, [.. Enumerable.Range(0, sizeX * sizeY * sizeZ).Select(_ => random.NextDouble() < inside ? levels[random.Next(levels.Length)] : 0)]);
    }

    public static ExtractionSettings Settings(TextureSettings texture) => new()
    {
        Name = "test",
        ReSegmentation = new() { Lower = 1, Upper = 65535 },
        Families = Families,
        Texture = texture,
    };

    /// <summary>All features of the matrices without directions.</summary>
    public FeatureVector Extract(TextureSettings texture) => FeatureExtractor.Extract(Image, Roi, Settings(texture));

    /// <summary>As the families see it.</summary>
    public MeasuredImage Measured(TextureSettings texture)
    {
        var settings = Settings(texture);
        var roi = ProcessedRoi.From(Image, Roi, settings, ExtractionOptions.Default);
        return new(roi, roi.Intensity.Intensities, roi.SortedIntensities, settings);
    }

    private VolumeGeometry Geometry => new() { SizeX = SizeX, SizeY = SizeY, SizeZ = SizeZ, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };

    private Volume Image => new(Geometry, [.. Levels.Select(level => (float)level)]);

    private Mask Roi => new(Geometry, [.. Levels.Select(level => level == 0 ? (byte)0 : (byte)1)]);
}
