namespace Radiomics.Extraction;

/// <summary>NIfTI scalar data types by their codes in the header's <c>datatype</c>.</summary>
internal static class NiftiType
{
    public const short UInt8 = 2;
    public const short Int16 = 4;
    public const short Int32 = 8;
    public const short Float32 = 16;
    public const short Float64 = 64;
    public const short Int8 = 256;
    public const short UInt16 = 512;
    public const short UInt32 = 768;
    public const short Int64 = 1024;
    public const short UInt64 = 1280;

    /// <summary>What a code stands for; null for a type that is no scalar or isn't known.</summary>
    public static PixelType? Of(short type) => type switch
    {
        UInt8 => PixelType.UInt8,
        Int8 => PixelType.Int8,
        Int16 => PixelType.Int16,
        UInt16 => PixelType.UInt16,
        Int32 => PixelType.Int32,
        UInt32 => PixelType.UInt32,
        Int64 => PixelType.Int64,
        UInt64 => PixelType.UInt64,
        Float32 => PixelType.Float32,
        Float64 => PixelType.Float64,
        _ => null,
    };

    /// <summary>Bytes of a voxel; 0 for a type that is no scalar or isn't known.</summary>
    public static int SizeOf(short type) => Of(type)?.Size() ?? 0;
}
