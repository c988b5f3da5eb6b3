using System.Buffers.Binary;

namespace Radiomics.Extraction;

/// <summary>Voxels on their way out, little-endian.</summary>
internal static class NiftiVoxels
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>The smallest type that loses nothing of a volume: 16-bit integers or floats; of what floats would round, its own integers or doubles.</summary>
    public static short TypeFor(Volume volume) => volume.Doubles is not { } doubles
        ? FitInt16(volume.Voxels) ? NiftiType.Int16 : NiftiType.Float32
        : volume.PixelType switch
        {
            PixelType.Int32 when Fit(doubles, PixelType.Int32) => NiftiType.Int32,
            PixelType.UInt32 when Fit(doubles, PixelType.UInt32) => NiftiType.UInt32,
            PixelType.Int64 when Fit(doubles, PixelType.Int64) => NiftiType.Int64,
            PixelType.UInt64 when Fit(doubles, PixelType.UInt64) => NiftiType.UInt64,
            _ => NiftiType.Float64,
        };

    /// <summary>Whether 16-bit integers hold these intensities without loss.</summary>
    public static bool FitInt16(ReadOnlySpan<float> voxels)
    {
        foreach (var voxel in voxels)
        {
            // Negative zero would come back as zero.
            if (!(voxel is >= short.MinValue and <= short.MaxValue) || voxel != (short)voxel || (voxel == 0 && float.IsNegative(voxel)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the intensities as numbers of a type that <see cref="TypeFor"/> gave.</summary>
    public static void Write(Stream target, Volume volume, short type)
    {
        var size = NiftiType.SizeOf(type);
        var intensities = volume.Intensities;
        var buffer = new byte[Math.Min(ChunkBytes, intensities.Length * size)];
        for (var done = 0; done < intensities.Length;)
        {
            var now = Math.Min(ChunkBytes / size, intensities.Length - done);
            if (intensities.Doubles is { } doubles)
            {
                Encode(doubles.AsSpan(done, now), type, buffer);
            }
            else
            {
                Encode(intensities.Floats.AsSpan(done, now), type, buffer);
            }

            target.Write(buffer, 0, now * size);
            done += now;
        }
    }

    private static bool Fit(double[] voxels, PixelType type)
    {
        var (lowest, highest) = type.Range();
        return Array.TrueForAll(voxels, voxel => voxel >= lowest && voxel <= highest && voxel == Math.Truncate(voxel));
    }

    private static void Encode(ReadOnlySpan<float> voxels, short type, Span<byte> buffer)
    {
        for (var i = 0; i < voxels.Length; i++)
        {
            if (type == NiftiType.Int16)
            {
                BinaryPrimitives.WriteInt16LittleEndian(buffer[(i * sizeof(short))..], (short)voxels[i]);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(buffer[(i * sizeof(float))..], voxels[i]);
            }
        }
    }

    private static void Encode(ReadOnlySpan<double> voxels, short type, Span<byte> buffer)
    {
        for (var i = 0; i < voxels.Length; i++)
        {
            switch (type)
            {
                case NiftiType.Int32:
                    BinaryPrimitives.WriteInt32LittleEndian(buffer[(i * sizeof(int))..], (int)voxels[i]);
                    break;
                case NiftiType.UInt32:
                    BinaryPrimitives.WriteUInt32LittleEndian(buffer[(i * sizeof(uint))..], (uint)voxels[i]);
                    break;
                case NiftiType.Int64 or NiftiType.UInt64:
                    BinaryPrimitives.WriteInt64LittleEndian(buffer[(i * sizeof(long))..], (long)voxels[i]);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(buffer[(i * sizeof(double))..], voxels[i]);
                    break;
            }
        }
    }
}
