using System.Buffers.Binary;

namespace Radiomics.Extraction.Tests;

/// <summary>What kind of number a file's voxels are: what is read, written, and resampled as PyRadiomics does.</summary>
public class PixelTypeTests
{
    private static readonly VolumeGeometry Row = Case.Geometry(3, 1, 1);

    public static TheoryData<PixelType> Types => [.. Enum.GetValues<PixelType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_keeps_its_own_numbers_there_and_back(PixelType type)
    {
        double[] numbers = type switch
        {
            PixelType.UInt8 => [0, 1, 255],
            PixelType.Int8 => [-128, 0, 127],
            PixelType.UInt16 => [0, 1, 65535],
            PixelType.Int16 => [-32768, 0, 32767],
            PixelType.UInt32 => [0, 16_777_217, 4_294_967_295],
            PixelType.Int32 => [-2_147_483_648, 20_000_003, 2_147_483_647],
            PixelType.UInt64 => [0, 1_234_567_890_123, 1L << 53],
            PixelType.Int64 => [-(1L << 53), 16_777_217, 1L << 53],
            PixelType.Float32 => [-0.1f, float.MaxValue, float.Epsilon],
            _ => [0.1, 1e300, double.Epsilon],
        };
        foreach (var swapped in (bool[])[false, true])
        {
            var read = Decode(type, swapped, numbers);
            Assert.Equal(type, read.PixelType);
            Assert.Equal(numbers, Enumerable.Range(0, 3).Select(n => read[n]));

            using var stream = new MemoryStream();
            NiftiFile.Write(stream, read);
            stream.Position = 0;
            var again = NiftiFile.ReadVolume(stream);
            Assert.Equal(numbers, Enumerable.Range(0, 3).Select(n => again[n]));
        }
    }

    [Fact]
    public void Whole_numbers_beyond_double_precision_are_refused()
    {
        Case.AssertCode("IntensityPrecisionExceeded", () => Decode(PixelType.Int64, bytes => BinaryPrimitives.WriteInt64LittleEndian(bytes, (1L << 53) + 1)));
        Case.AssertCode("IntensityPrecisionExceeded", () => Decode(PixelType.Int64, bytes => BinaryPrimitives.WriteInt64LittleEndian(bytes, long.MinValue)));
        Case.AssertCode("IntensityPrecisionExceeded", () => Decode(PixelType.UInt64, bytes => BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue)));
    }

    [Fact]
    public void Scaled_integers_are_computed_in_double_precision_and_count_as_floats()
    {
        var decoder = new VoxelDecoder(PixelType.Int16, 3, 0.1, -7);
        decoder.Add([1, 0, 2, 0, 3, 0]);
        var read = decoder.ToVolume(Row);
        Assert.Equal([1 * 0.1 - 7, 2 * 0.1 - 7, 3 * 0.1 - 7], Enumerable.Range(0, 3).Select(n => read[n]));
        Assert.Equal(PixelType.Float32, read.PixelType);
    }

    [Fact]
    public void A_number_that_floats_would_round_late_in_the_file_leaves_those_before_as_they_are()
    {
        var geometry = Case.Geometry(100_000, 1, 1);
        double[] numbers = [.. Enumerable.Range(0, geometry.Count).Select(n => n < 90_000 ? n * 0.5 : n * 0.1)];
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, Volume.Of(geometry, numbers));
        stream.Position = 0;
        Assert.Equal(numbers, NiftiFile.ReadVolume(stream).Doubles);
    }

    [Theory]
    [InlineData(PixelType.UInt8, 255)]
    [InlineData(PixelType.Int8, 127)]
    [InlineData(PixelType.UInt16, 65535)]
    [InlineData(PixelType.Int16, 32767)]
    [InlineData(PixelType.UInt32, 4294967295)]
    [InlineData(PixelType.Int32, 2147483647)]
    public void Splines_of_integers_are_clamped_to_their_type_and_cut_off_towards_zero(PixelType type, double highest)
    {
        var (lowest, _) = type.Range();
        var (_, values) = Resampled(type, lowest, highest);
        Assert.Equal(lowest, values.Min());
        Assert.Equal(highest, values.Max());
        Assert.All(values, v => Assert.Equal(Math.Truncate(v), v));
    }

    [Theory]
    [InlineData(PixelType.Float32)]
    [InlineData(PixelType.Float64)]
    public void Splines_of_floats_overshoot_and_keep_their_fractions_though_all_voxels_are_whole(PixelType type)
    {
        var (_, values) = Resampled(type, 0, 255);
        Assert.True(values.Min() < 0);
        Assert.True(values.Max() > 255);
        Assert.Contains(values, v => v != Math.Truncate(v));
    }

    [Fact]
    public void A_normalised_image_of_integers_is_one_of_floats()
    {
        var (features, _) = Resampled(PixelType.UInt8, 0, 255, new() { Method = NormalisationMethod.ZScoreImage });
        Assert.True(features["original_firstorder_Minimum"] < 0);
        Assert.NotEqual(Math.Truncate(features["original_firstorder_Mean"]!.Value), features["original_firstorder_Mean"]);
    }

    private static (IReadOnlyDictionary<string, double?> Features, double[] Values) Resampled(
        PixelType type, double low, double high, NormalisationSettings? normalisation = null)
    {
        var geometry = Case.Geometry(12, 12, 12);
        var voxels = new double[geometry.Count];
        for (var n = 0; n < voxels.Length; n++)
        {
            voxels[n] = n % 12 / 3 % 2 == 0 ? low : high;
        }

        var settings = PyRadiomicsCase.Settings(25) with
        {
            Resampling = new()
            {
                Method = InterpolationMethod.CubicSpline,
                Spacing = new(0.7, 0.7, 0.7),
                RoiMethod = InterpolationMethod.Nearest,
                Alignment = GridAlignment.Origin,
            },
            Normalisation = normalisation ?? new(),
            Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 16 },
            Families = [FeatureFamily.Statistics],
        };
        var (image, roi) = (Volume.Of(geometry, voxels, type), Case.Block(geometry, (1, 1, 1), (10, 10, 10)));
        var frame = PyRadiomicsFrame.Create(image, roi, settings.Validated(), new());
        return (FeatureExtractor.Extract(image, roi, settings).Features, [.. frame.Roi.Collect()]);
    }

    private static Volume Decode(PixelType type, Action<byte[]> write)
    {
        var bytes = new byte[type.Size()];
        write(bytes);
        using var stored = Stored(type, isBigEndian: false, Case.Geometry(1, 1, 1), bytes);
        return stored.ReadVolume();
    }

    private static Volume Decode(PixelType type, bool swapped, double[] numbers)
    {
        var all = new List<byte>();
        foreach (var number in numbers)
        {
            byte[] bytes = type switch
            {
                PixelType.UInt8 => [(byte)number],
                PixelType.Int8 => [(byte)(sbyte)number],
                PixelType.UInt16 => BitConverter.GetBytes((ushort)number),
                PixelType.Int16 => BitConverter.GetBytes((short)number),
                PixelType.UInt32 => BitConverter.GetBytes((uint)number),
                PixelType.Int32 => BitConverter.GetBytes((int)number),
                PixelType.UInt64 => BitConverter.GetBytes((ulong)number),
                PixelType.Int64 => BitConverter.GetBytes((long)number),
                PixelType.Float32 => BitConverter.GetBytes((float)number),
                _ => BitConverter.GetBytes(number),
            };
            if (swapped)
            {
                Array.Reverse(bytes);
            }

            all.AddRange(bytes);
        }

        using var stored = Stored(type, isBigEndian: swapped == BitConverter.IsLittleEndian, Row, [.. all]);
        return stored.ReadVolume();
    }

    private static StoredImage Stored(PixelType type, bool isBigEndian, VolumeGeometry geometry, byte[] bytes) => new()
    {
        Format = "file",
        ErrorCode = "Invalid",
        Geometry = geometry,
        PixelType = type,
        IsBigEndian = isBigEndian,
        Data = new MemoryStream(bytes),
    };
}
