namespace Radiomics.Extraction;

/// <summary>A box of voxel indices: from (X, Y, Z) on, so many voxels along each axis.</summary>
internal readonly record struct VoxelBox(int X, int Y, int Z, int SizeX, int SizeY, int SizeZ)
{
    public int Count => SizeX * SizeY * SizeZ;

    /// <summary>The smallest box around all non-zero voxels; null if there are none.</summary>
    public static VoxelBox? Around(ReadOnlySpan<byte> mask, int sizeX, int sizeY, int sizeZ)
    {
        int minX = int.MaxValue, minY = int.MaxValue, minZ = int.MaxValue, maxX = -1, maxY = -1, maxZ = -1;
        for (var z = 0; z < sizeZ; z++)
        {
            for (var y = 0; y < sizeY; y++)
            {
                var row = mask.Slice((z * sizeY + y) * sizeX, sizeX);
                var first = row.IndexOfAnyExcept((byte)0);
                if (first < 0)
                {
                    continue;
                }

                minX = Math.Min(minX, first);
                maxX = Math.Max(maxX, row.LastIndexOfAnyExcept((byte)0));
                minY = Math.Min(minY, y);
                maxY = Math.Max(maxY, y);
                minZ = Math.Min(minZ, z);
                maxZ = z;
            }
        }

        return maxX < 0 ? null : new(minX, minY, minZ, maxX - minX + 1, maxY - minY + 1, maxZ - minZ + 1);
    }
}
