namespace Radiomics.Extraction;

/// <summary>
/// Finds the nearest voxel of a kind for every voxel of a box, exactly and in linear time: along each axis in turn, the lower envelope of parabolas
/// (Felzenszwalb and Huttenlocher, Theory of Computing 2012;8:415).
/// </summary>
internal static class NearestVoxel
{
    /// <summary>Index of the nearest voxel that equals <paramref name="kind"/>, by Euclidean distance of centers in mm; −1 if there is none.</summary>
    public static int[] Of(byte[] voxels, byte kind, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing)
    {
        var square = new double[voxels.Length];
        var nearest = new int[voxels.Length];
        for (var n = 0; n < voxels.Length; n++)
        {
            (square[n], nearest[n]) = voxels[n] == kind ? (0, n) : (double.PositiveInfinity, -1);
        }

        var line = new Line(Math.Max(size.X, Math.Max(size.Y, size.Z)));
        var (row, slice) = (size.X, size.X * size.Y);
        for (var n = 0; n < voxels.Length; n += row)
        {
            line.Pass(square, nearest, n, 1, size.X, spacing.X);
        }

        for (var n = 0; n < voxels.Length; n++)
        {
            if (n % slice < row)
            {
                line.Pass(square, nearest, n, row, size.Y, spacing.Y);
            }
        }

        for (var n = 0; n < slice; n++)
        {
            line.Pass(square, nearest, n, slice, size.Z, spacing.Z);
        }

        return nearest;
    }

    /// <summary>Room for one line of voxels.</summary>
    private sealed class Line(int length)
    {
        private readonly double[] _height = new double[length];
        private readonly int[] _source = new int[length];
        private readonly int[] _vertex = new int[length];
        private readonly double[] _from = new double[length];

        /// <summary>Lets distances spread along a line of <paramref name="count"/> voxels.</summary>
        public void Pass(double[] square, int[] nearest, int first, int step, int count, double spacing)
        {
            var hull = 0;
            for (var i = 0; i < count; i++)
            {
                _height[i] = square[first + i * step];
                _source[i] = nearest[first + i * step];
                if (double.IsPositiveInfinity(_height[i]))
                {
                    continue;
                }

                var from = double.NegativeInfinity;
                while (hull > 0)
                {
                    from = Crossing(_vertex[hull - 1], i, spacing);
                    if (from > _from[hull - 1])
                    {
                        break;
                    }

                    hull--;
                    from = double.NegativeInfinity;
                }

                (_vertex[hull], _from[hull]) = (i, from);
                hull++;
            }

            if (hull == 0)
            {
                return;
            }

            for (int i = 0, h = 0; i < count; i++)
            {
                while (h + 1 < hull && _from[h + 1] < i * spacing)
                {
                    h++;
                }

                var way = (i - _vertex[h]) * spacing;
                square[first + i * step] = _height[_vertex[h]] + way * way;
                nearest[first + i * step] = _source[_vertex[h]];
            }
        }

        /// <summary>Where the later parabola goes below the earlier one, mm.</summary>
        private double Crossing(int earlier, int later, double spacing)
        {
            var (a, b) = (earlier * spacing, later * spacing);
            return (_height[later] + b * b - _height[earlier] - a * a) / (2 * (b - a));
        }
    }
}
