namespace Radiomics.Extraction.Tests;

/// <summary>What is told of a mask that may be none, and of one that has no label.</summary>
public class LabelCensusTests
{
    private static readonly VolumeGeometry Geometry = Case.Geometry(40, 40, 10, 1, 1, 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_image_of_8_bits_looks_like_one_and_an_atlas_of_many_labels_does_not(bool asBytes)
    {
        var image = new byte[Geometry.Count];
        new Random(3).NextBytes(image);
        Assert.Contains("from voxel to voxel", Assert.Single(Labels(image, asBytes).Warnings), StringComparison.Ordinal);
        var atlas = new byte[Geometry.Count];
        for (var i = 0; i < atlas.Length; i++)
        {
            atlas[i] = (byte)(1 + i % 40 / 5 + 8 * (i / 40 % 40 / 5));
        }

        var labels = Labels(atlas, asBytes);
        Assert.Empty(labels.Warnings);
        Assert.Equal(64, labels.Labels.Count);
    }

    [Theory]
    [InlineData(0.9996, "lie between 0 and 1")]
    [InlineData(1e30, "lie beyond ±2,147,483,647")]
    [InlineData(-0.5, "lie between -1 and 0")]
    [InlineData(double.NaN, "no number (NaN)")]
    [InlineData(0, "it is 0 everywhere")]
    public void Where_there_is_no_label_the_sentence_says_what_there_is_instead(double value, string expected)
    {
        var voxels = new double[Geometry.Count];
        voxels[5] = value;
        using var file = new MemoryStream();
        NiftiFile.Write(file, Volume.Of(Geometry, voxels), compress: false);
        file.Position = 0;
        using var stored = NiftiFile.Open(file);
        Assert.Contains(expected, stored.ReadLabels(LabelChoice.Of(1)).Missing([1]).Message, StringComparison.Ordinal);
    }

    private static LabelMap Labels(byte[] voxels, bool asBytes)
    {
        using var file = new MemoryStream();
        if (asBytes)
        {
            NiftiFile.Write(file, new Mask(Geometry, voxels));
        }
        else
        {
            NiftiFile.Write(file, Volume.Of(Geometry, Array.ConvertAll(voxels, voxel => (double)voxel)));
        }

        file.Position = 0;
        using var stored = NiftiFile.Open(file);
        return stored.ReadLabels(LabelChoice.Any);
    }
}
