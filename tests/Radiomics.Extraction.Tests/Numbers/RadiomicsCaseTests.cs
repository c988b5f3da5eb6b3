using System.Buffers.Binary;
using System.IO.Compression;

namespace Radiomics.Extraction.Tests;

/// <summary>The images of <c>cases/radiomics</c>, whose right values stand in its <c>cases.csv</c>.</summary>
public class RadiomicsCaseTests
{
    [Theory]
    [InlineData(BinOrigin.Minimum)]
    [InlineData(BinOrigin.Zero)]
    public void Steps_of_a_tenth_in_double_precision_fall_into_bins_of_a_tenth_one_by_one(BinOrigin origin)
    {
        var settings = Case.Plain with
        {
            Discretisation = new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 0.1, Origin = origin },
            Families = [FeatureFamily.Histogram],
        };
        var features = FeatureExtractor.Extract(Image("steps_float64"), Mask("steps_mask"), settings).Features;
        Assert.Equal(5.291626091753811, features["ih_entropy"]!.Value, 12);
    }

    [Fact]
    public void Steps_of_a_tenth_fall_into_PyRadiomics_bins_of_a_tenth_one_by_one()
    {
        var settings = PyRadiomicsCase.Settings(0.1) with
        {
            Families = [FeatureFamily.Statistics],
        };
        var features = FeatureExtractor.Extract(Image("steps_float64"), Mask("steps_mask"), settings).Features;
        Assert.Equal(5.291626091753811, features["original_firstorder_Entropy"]!.Value, 12);
    }

    [Fact]
    public void Whole_numbers_of_eight_digits_have_the_statistics_of_themselves()
    {
        long[] inside = [.. Stored("int32_large").Zip(Mask("mask").Voxels).Where(pair => pair.Second != 0).Select(pair => (long)pair.First)];
        var (n, sum) = (inside.Length, inside.Sum());
        var variance = inside.Sum(value => (value * n - sum) * (double)(value * n - sum)) / ((double)n * n * n);

        var features = FeatureExtractor.Extract(Image("int32_large"), Mask("mask"), Case.Plain).Features;

        Assert.Equal(20_000_003, inside.Max());
        Assert.Equal(20_000_003, features["stat_max"]);
        Assert.Equal((double)inside.Min(), features["stat_min"]);
        Assert.Equal((double)sum / n, features["stat_mean"]!.Value, 1e-8);
        Assert.Equal(1.278, features["stat_var"]!.Value, 3);
        Assert.Equal(variance, features["stat_var"]!.Value, 1e-9);
    }

    [Fact]
    public void Bytes_resampled_as_PyRadiomics_does_stay_bytes()
    {
        var settings = PyRadiomicsCase.Settings(25) with
        {
            Resampling = new()
            {
                Method = InterpolationMethod.CubicSpline,
                Spacing = new(1.5, 1.5, 1.5),
                RoiMethod = InterpolationMethod.Nearest,
                Alignment = GridAlignment.Origin,
            },
            Families = [FeatureFamily.Statistics],
        };
        var features = FeatureExtractor.Extract(Image("uint8"), Mask("mask"), settings).Features;
        Assert.Equal(0, features["original_firstorder_Minimum"]);
        Assert.Equal(255, features["original_firstorder_Maximum"]);
        Assert.Equal(127.082, features["original_firstorder_Mean"]!.Value, 3);
        Assert.Equal(0, features["original_firstorder_10Percentile"]);
    }

    private static Volume Image(string name)
    {
        using var file = File.OpenRead(TestData.Require($"cases/radiomics/{name}.nii.gz"));
        return NiftiFile.ReadVolume(file);
    }

    private static Mask Mask(string name)
    {
        using var file = File.OpenRead(TestData.Require($"cases/radiomics/{name}.nii.gz"));
        return NiftiFile.ReadMask(file);
    }

    /// <summary>The whole numbers of a file, read without the engine.</summary>
    private static int[] Stored(string name)
    {
        using var file = new GZipStream(File.OpenRead(TestData.Require($"cases/radiomics/{name}.nii.gz")), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var voxels = bytes.ToArray().AsSpan((int)BinaryPrimitives.ReadSingleLittleEndian(bytes.ToArray().AsSpan(108)));
        var numbers = new int[voxels.Length / 4];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(voxels[(4 * i)..]);
        }

        return numbers;
    }
}
