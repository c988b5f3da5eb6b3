namespace Radiomics.Extraction;

/// <summary>
/// Trilinear interpolation of image and ROI onto cubic voxels, grids aligned by their centers (IBSI manual 2.4): only inside the box that the
/// ROI can reach, and intensities only where the new ROI is. Beyond the outermost voxel centers the border voxel goes on.
/// </summary>
internal static class LinearResampler
{
    private const int MaxVoxels = 1 << 29;

    // Products of spacings and sizes carry rounding of their own; without it a grid could gain a voxel, or an ROI lose a layer.
    private const double SizeTolerance = 1e-4;
    private const double VolumeTolerance = 1e-6;

    /// <summary>Interpolates <paramref name="image"/> and <paramref name="roi"/>; <paramref name="box"/> bounds the ROI.</summary>
    public static RoiGrid Resample(Volume image, Mask roi, VoxelBox box, ResamplingSettings settings)
    {
        var g = image.Geometry;
        var spacing = settings.Spacing!.Value.X;
        var x = Axis.Create(g.SizeX, g.SpacingX, spacing, box.X, box.SizeX);
        var y = Axis.Create(g.SizeY, g.SpacingY, spacing, box.Y, box.SizeY);
        var z = Axis.Create(g.SizeZ, g.SpacingZ, spacing, box.Z, box.SizeZ);
        if ((double)x.Length * y.Length * z.Length > MaxVoxels)
        {
            throw new RadiomicsException("InvalidSettings", $"'resampling.spacing' of {spacing} mm makes too many voxels of this ROI.");
        }

        var target = new VoxelBox(x.First, y.First, z.First, x.Length, y.Length, z.Length);
        var mask = new byte[target.Count];
        var intensities = new float[target.Count];
        var threshold = settings.RoiThreshold - VolumeTolerance;
        var i = 0;
        for (var k = 0; k < z.Length; k++)
        {
            for (var j = 0; j < y.Length; j++)
            {
                var row = new Cell(g.SizeX, g.SizeY, y.Low[j], y.High[j], y.Fraction[j], z.Low[k], z.High[k], z.Fraction[k]);
                for (var n = 0; n < x.Length; n++, i++)
                {
                    var share = row.Share(roi.Voxels, x.Low[n], x.High[n], x.Fraction[n]);
                    if (share >= threshold)
                    {
                        mask[i] = 1;
                        intensities[i] = row.Intensity(image.Voxels, x.Low[n], x.High[n], x.Fraction[n]);
                    }
                }
            }
        }

        return new()
        {
            GridSize = (x.GridSize, y.GridSize, z.GridSize),
            Spacing = (spacing, spacing, spacing),
            Box = target,
            Intensities = intensities,
            Mask = mask,
        };
    }

    /// <summary>For each new voxel along an axis, the two old ones around it and where between them it lies.</summary>
    private sealed record Axis(int GridSize, int First, int[] Low, int[] High, double[] Fraction)
    {
        public int Length => Low.Length;

        public static Axis Create(int size, double oldSpacing, double newSpacing, int boxStart, int boxSize)
        {
            var exact = size * oldSpacing / newSpacing;
            if (exact > int.MaxValue / 2)
            {
                throw new RadiomicsException("InvalidSettings", $"'resampling.spacing' of {newSpacing} mm makes too many voxels of this image.");
            }

            var gridSize = Math.Max(1, (int)Math.Ceiling(exact - SizeTolerance));
            var step = newSpacing / oldSpacing;
            var start = (size - 1) / 2.0 - (gridSize - 1) / 2.0 * step;

            // An old voxel's share reaches less than one old voxel far; at the image's border, as far as the border goes on.
            var first = boxStart == 0 ? 0 : Math.Clamp((int)Math.Ceiling((boxStart - 1 - start) / step), 0, gridSize);
            var end = boxStart + boxSize;
            var last = end == size ? gridSize - 1 : Math.Clamp((int)Math.Floor((end - start) / step), -1, gridSize - 1);
            var length = Math.Max(0, last - first + 1);
            var low = new int[length];
            var high = new int[length];
            var fraction = new double[length];
            for (var i = 0; i < length; i++)
            {
                var position = Math.Clamp(start + (first + i) * step, 0, size - 1);
                low[i] = (int)position;
                fraction[i] = position - low[i];
                high[i] = fraction[i] > 0 ? low[i] + 1 : low[i];
            }

            return new(gridSize, first, low, high, fraction);
        }
    }

    /// <summary>The four rows of old voxels around one row of new ones, with their weights.</summary>
    private readonly struct Cell
    {
        private readonly int _row00;
        private readonly int _row10;
        private readonly int _row01;
        private readonly int _row11;
        private readonly double _w00;
        private readonly double _w10;
        private readonly double _w01;
        private readonly double _w11;

        public Cell(int sizeX, int sizeY, int y0, int y1, double fy, int z0, int z1, double fz)
        {
            _row00 = (z0 * sizeY + y0) * sizeX;
            _row10 = (z0 * sizeY + y1) * sizeX;
            _row01 = (z1 * sizeY + y0) * sizeX;
            _row11 = (z1 * sizeY + y1) * sizeX;
            _w00 = (1 - fy) * (1 - fz);
            _w10 = fy * (1 - fz);
            _w01 = (1 - fy) * fz;
            _w11 = fy * fz;
        }

        /// <summary>Share of the ROI, 0 to 1. Far from its surface, which is nearly everywhere, all eight voxels agree.</summary>
        public double Share(byte[] mask, int x0, int x1, double fx)
        {
            int a = Bit(mask[_row00 + x0]), b = Bit(mask[_row10 + x0]), c = Bit(mask[_row01 + x0]), d = Bit(mask[_row11 + x0]);
            int e = Bit(mask[_row00 + x1]), f = Bit(mask[_row10 + x1]), g = Bit(mask[_row01 + x1]), h = Bit(mask[_row11 + x1]);
            var sum = a + b + c + d + e + f + g + h;
            return sum switch
            {
                0 => 0,
                8 => 1,
                _ => (1 - fx) * (_w00 * a + _w10 * b + _w01 * c + _w11 * d) + fx * (_w00 * e + _w10 * f + _w01 * g + _w11 * h),
            };
        }

        /// <summary>The interpolated intensity. An axis on which the point lies exactly has one neighbour twice, so that a NaN beside it does no harm.</summary>
        public float Intensity(float[] image, int x0, int x1, double fx)
        {
            var low = _w00 * image[_row00 + x0] + _w10 * image[_row10 + x0] + _w01 * image[_row01 + x0] + _w11 * image[_row11 + x0];
            var high = _w00 * image[_row00 + x1] + _w10 * image[_row10 + x1] + _w01 * image[_row01 + x1] + _w11 * image[_row11 + x1];
            return (float)((1 - fx) * low + fx * high);
        }

        private static int Bit(byte voxel) => voxel != 0 ? 1 : 0;
    }
}
