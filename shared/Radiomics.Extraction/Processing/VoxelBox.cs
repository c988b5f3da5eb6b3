namespace Radiomics.Extraction;

/// <summary>A box of voxel indices: from (X, Y, Z) on, so many voxels along each axis.</summary>
internal readonly record struct VoxelBox(int X, int Y, int Z, int SizeX, int SizeY, int SizeZ)
{
    public int Count => checked(SizeX * SizeY * SizeZ);

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

    /// <summary>The whole of a grid.</summary>
    public static VoxelBox Whole((int X, int Y, int Z) size) => new(0, 0, 0, size.X, size.Y, size.Z);

    /// <summary>The box with a margin on every side, as far as the grid goes.</summary>
    public VoxelBox Grow(VoxelMargin margin, (int X, int Y, int Z) gridSize)
    {
        var (x, y, z) = (Math.Max(0, X - margin.X), Math.Max(0, Y - margin.Y), Math.Max(0, Z - margin.Z));
        return new(
            x,
            y,
            z,
            Math.Min(gridSize.X, X + SizeX + margin.X) - x,
            Math.Min(gridSize.Y, Y + SizeY + margin.Y) - y,
            Math.Min(gridSize.Z, Z + SizeZ + margin.Z) - z);
    }

    /// <summary>Copies this box out of intensities that fill the box <paramref name="outer"/>; those themselves if the boxes are one.</summary>
    public Intensities CutFrom(Intensities voxels, VoxelBox outer) => voxels.Doubles is { } doubles ? CutFrom(doubles, outer) : CutFrom(voxels.Floats, outer);

    /// <summary>Copies this box out of an array that holds the box <paramref name="outer"/>; that itself if the boxes are one.</summary>
    public T[] CutFrom<T>(T[] voxels, VoxelBox outer)
    {
        if (this == outer)
        {
            return voxels;
        }

        var cut = GC.AllocateUninitializedArray<T>(Count);
        for (var z = 0; z < SizeZ; z++)
        {
            for (var y = 0; y < SizeY; y++)
            {
                var from = ((Z - outer.Z + z) * outer.SizeY + Y - outer.Y + y) * outer.SizeX + X - outer.X;
                voxels.AsSpan(from, SizeX).CopyTo(cut.AsSpan((z * SizeY + y) * SizeX));
            }
        }

        return cut;
    }

    /// <summary>Copies an array that holds this box into <paramref name="target"/>, which holds the box <paramref name="outer"/>: what lies in both.</summary>
    public void PasteInto<T>(T[] voxels, T[] target, VoxelBox outer)
    {
        var first = Math.Max(X, outer.X);
        var width = Math.Min(X + SizeX, outer.X + outer.SizeX) - first;
        for (var z = Math.Max(Z, outer.Z); width > 0 && z < Math.Min(Z + SizeZ, outer.Z + outer.SizeZ); z++)
        {
            for (var y = Math.Max(Y, outer.Y); y < Math.Min(Y + SizeY, outer.Y + outer.SizeY); y++)
            {
                var from = ((z - Z) * SizeY + y - Y) * SizeX + first - X;
                var to = ((z - outer.Z) * outer.SizeY + y - outer.Y) * outer.SizeX + first - outer.X;
                voxels.AsSpan(from, width).CopyTo(target.AsSpan(to));
            }
        }
    }
}
