namespace Radiomics.Extraction;

/// <summary>The image that a filter without end sees: all of it, and by a border that isn't periodic half of its size more on each side. Voxels are its own.</summary>
/// <param name="Voxels">x fastest; less <paramref name="Center"/>.</param>
/// <param name="Size">Voxels along each axis.</param>
/// <param name="Output">The box of it whose responses are wanted.</param>
/// <param name="Center">What was taken off, so that a high baseline costs no digits.</param>
internal readonly record struct WholeImage(float[] Voxels, (int X, int Y, int Z) Size, VoxelBox Output, float Center)
{
    /// <summary>Continues <paramref name="domain"/>; in plane, of the slices only those that are wanted.</summary>
    public static WholeImage Of(FilterDomain domain, BorderRule border, bool inPlane)
    {
        var size = domain.Size;
        var output = domain.Output;
        var margin = border == BorderRule.Periodic ? default : new VoxelMargin(size.X / 2, size.Y / 2, size.Z / 2);
        var mapX = border.Map(size.X, -margin.X, size.X + 2 * margin.X);
        var mapY = border.Map(size.Y, -margin.Y, size.Y + 2 * margin.Y);
        var mapZ = inPlane ? BorderRule.Nearest.Map(size.Z, output.Z, output.SizeZ) : border.Map(size.Z, -margin.Z, size.Z + 2 * margin.Z);
        // Beyond a border of zeros lie zeros, not the center.
        var center = border == BorderRule.Zero ? 0 : domain.Center;
        var voxels = new float[checked(mapX.Length * mapY.Length * mapZ.Length)];
        for (var z = 0; z < mapZ.Length; z++)
        {
            for (var y = 0; y < mapY.Length; y++)
            {
                if (mapZ[z] < 0 || mapY[y] < 0)
                {
                    continue;
                }

                var from = domain.Voxels.AsSpan((mapZ[z] * size.Y + mapY[y]) * size.X, size.X);
                var to = voxels.AsSpan((z * mapY.Length + y) * mapX.Length, mapX.Length);
                for (var x = 0; x < to.Length; x++)
                {
                    to[x] = mapX[x] < 0 ? 0 : from[mapX[x]] - center;
                }
            }
        }

        return new(
            voxels,
            (mapX.Length, mapY.Length, mapZ.Length),
            output with { X = output.X + margin.X, Y = output.Y + margin.Y, Z = inPlane ? 0 : output.Z + margin.Z },
            center);
    }

    /// <summary>Copies the responses that are wanted out of those of the whole image, adding a constant.</summary>
    public void CopyOutput(float[] from, float constant, float[] response)
    {
        for (var z = 0; z < Output.SizeZ; z++)
        {
            for (var y = 0; y < Output.SizeY; y++)
            {
                var row = from.AsSpan(((Output.Z + z) * Size.Y + Output.Y + y) * Size.X + Output.X, Output.SizeX);
                TapSums.Add(row, constant, response.AsSpan((z * Output.SizeY + y) * Output.SizeX, Output.SizeX));
            }
        }
    }
}
