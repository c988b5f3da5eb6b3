namespace Radiomics.Extraction;

/// <summary>Connected components of an ROI and holes in it, within the box of its voxels.</summary>
internal static class RoiComponents
{
    /// <summary>The largest component, of voxels that share a face, an edge or a corner, and how many there are.</summary>
    public static (byte[] Largest, int Count) Largest(byte[] mask, VoxelBox box)
    {
        var components = new int[mask.Length];
        var (count, best, most) = (0, 0, 0);
        var waiting = new Stack<int>();
        for (var n = 0; n < mask.Length; n++)
        {
            if (mask[n] == 0 || components[n] != 0)
            {
                continue;
            }

            var size = 0;
            components[n] = ++count;
            waiting.Push(n);
            while (waiting.TryPop(out var at))
            {
                size++;
                var (x, y, z) = (at % box.SizeX, at / box.SizeX % box.SizeY, at / box.SizeX / box.SizeY);
                for (var k = Math.Max(0, z - 1); k <= Math.Min(box.SizeZ - 1, z + 1); k++)
                {
                    for (var j = Math.Max(0, y - 1); j <= Math.Min(box.SizeY - 1, y + 1); j++)
                    {
                        for (var i = Math.Max(0, x - 1); i <= Math.Min(box.SizeX - 1, x + 1); i++)
                        {
                            var to = (k * box.SizeY + j) * box.SizeX + i;
                            if (mask[to] != 0 && components[to] == 0)
                            {
                                components[to] = count;
                                waiting.Push(to);
                            }
                        }
                    }
                }
            }

            if (size > most)
            {
                (best, most) = (count, size);
            }
        }

        return (Array.ConvertAll(components, component => component == best && best > 0 ? (byte)1 : (byte)0), count);
    }

    /// <summary>
    /// The mask without holes: what the background beyond the box can't reach by steps over faces, in each slice or in the volume. <paramref name="box"/> is the ROI's
    /// own, at whose sides the background begins.
    /// </summary>
    public static byte[] Filled(byte[] mask, VoxelBox box, bool inSlices)
    {
        var outside = new bool[mask.Length];
        var waiting = new Stack<int>();
        for (var n = 0; n < mask.Length; n++)
        {
            var (x, y, z) = (n % box.SizeX, n / box.SizeX % box.SizeY, n / box.SizeX / box.SizeY);
            if (x == 0 || x == box.SizeX - 1 || y == 0 || y == box.SizeY - 1 || (!inSlices && (z == 0 || z == box.SizeZ - 1)))
            {
                Reach(n);
            }
        }

        while (waiting.TryPop(out var at))
        {
            var (x, y, z) = (at % box.SizeX, at / box.SizeX % box.SizeY, at / box.SizeX / box.SizeY);
            Step(x > 0, at - 1);
            Step(x < box.SizeX - 1, at + 1);
            Step(y > 0, at - box.SizeX);
            Step(y < box.SizeY - 1, at + box.SizeX);
            Step(!inSlices && z > 0, at - box.SizeX * box.SizeY);
            Step(!inSlices && z < box.SizeZ - 1, at + box.SizeX * box.SizeY);
        }

        return Array.ConvertAll(outside, isOutside => isOutside ? (byte)0 : (byte)1);

        void Step(bool isThere, int to)
        {
            if (isThere)
            {
                Reach(to);
            }
        }

        void Reach(int n)
        {
            if (mask[n] == 0 && !outside[n])
            {
                outside[n] = true;
                waiting.Push(n);
            }
        }
    }
}
