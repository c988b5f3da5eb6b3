namespace Radiomics.Extraction;

/// <summary>
/// What kind of number an image's voxels are, as ITK would hold them: resampling as PyRadiomics does follows it. Stored integers with a slope or an intercept are
/// <see cref="Float32"/>, as ITK's readers make them; the numbers themselves are computed in double precision.
/// </summary>
public enum PixelType
{
    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Unsigned, 64 bits; numbers up to 2⁵³.</summary>
    UInt64,

    /// <summary>Signed, 64 bits; numbers up to ±2⁵³.</summary>
    Int64,

    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Double precision.</summary>
    Float64,
}

/// <summary>Sizes and ranges of <see cref="PixelType"/>.</summary>
public static class PixelTypes
{
    private const double LargestWhole = 1L << 53;

    /// <summary>Bytes of a voxel.</summary>
    public static int Size(this PixelType type) => type switch
    {
        PixelType.UInt8 or PixelType.Int8 => 1,
        PixelType.UInt16 or PixelType.Int16 => 2,
        PixelType.UInt32 or PixelType.Int32 or PixelType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether voxels are whole numbers.</summary>
    public static bool IsInteger(this PixelType type) => type is not (PixelType.Float32 or PixelType.Float64);

    /// <summary>The smallest and the largest number of an integer type, within what double precision tells apart.</summary>
    public static (double Lowest, double Highest) Range(this PixelType type) => type switch
    {
        PixelType.UInt8 => (0, byte.MaxValue),
        PixelType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        PixelType.UInt16 => (0, ushort.MaxValue),
        PixelType.Int16 => (short.MinValue, short.MaxValue),
        PixelType.UInt32 => (0, uint.MaxValue),
        PixelType.Int32 => (int.MinValue, int.MaxValue),
        PixelType.UInt64 => (0, LargestWhole),
        PixelType.Int64 => (-LargestWhole, LargestWhole),
        PixelType.Float32 => (float.MinValue, float.MaxValue),
        _ => (double.MinValue, double.MaxValue),
    };
}
