using System.Buffers.Binary;

namespace Radiomics.Extraction;

/// <summary>Voxels on their way out, little-endian.</summary>
internal static class NiftiVoxels
{
    private const int ChunkBytes = 1 << 20;

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

    /// <summary>Writes intensities as 16-bit integers or as floats.</summary>
    public static void Write(Stream target, ReadOnlySpan<float> voxels, bool asInt16)
    {
        var size = asInt16 ? sizeof(short) : sizeof(float);
        var buffer = new byte[Math.Min(ChunkBytes, voxels.Length * size)];
        while (!voxels.IsEmpty)
        {
            var now = Math.Min(ChunkBytes / size, voxels.Length);
            for (var i = 0; i < now; i++)
            {
                if (asInt16)
                {
                    BinaryPrimitives.WriteInt16LittleEndian(buffer.AsSpan(i * size), (short)voxels[i]);
                }
                else
                {
                    BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(i * size), voxels[i]);
                }
            }

            target.Write(buffer, 0, now * size);
            voxels = voxels[now..];
        }
    }
}
