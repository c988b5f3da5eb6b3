namespace Radiomics.Extraction;

/// <summary>
/// Smooths an image before it is interpolated onto larger voxels, which can't carry its finest structures: by a Gaussian along each axis that becomes coarser, of
/// <c>new/old · √(−8·ln β)</c> old voxels; beyond the image its outermost voxels are repeated. The formula and its β of 0.98 are those of MIRP (Zwanenburg and Löck,
/// Journal of Open Source Software 2024;9:6413), which smooths axes that become finer, too.
/// </summary>
internal static class AntiAliasing
{
    /// <summary>Standard deviation in old voxels; 0 where the axis doesn't become coarser.</summary>
    public static double Sigma(GridAxis axis, double beta) => axis.Step > 1 ? axis.Step * Math.Sqrt(-8 * Math.Log(beta)) : 0;

    /// <summary>The image around a box of old voxels, smooth in all of that box. (Where the larger box that this takes isn't the image's end, that end is beyond reach.)</summary>
    public static ImageBlock Smoothed(ImageBlock image, VoxelBox needed, InterpolationGrid grid, double beta)
    {
        var margin = Margin(grid, beta);
        if (margin.IsZero)
        {
            return image;
        }

        var box = needed.Grow(margin, (grid.X.OldSize, grid.Y.OldSize, grid.Z.OldSize));
        var voxels = box.CutFrom(image.Voxels, image.Box).Apart(image.Voxels);
        var (size, sigma) = ((box.SizeX, box.SizeY, box.SizeZ), (Sigma(grid.X, beta), Sigma(grid.Y, beta), Sigma(grid.Z, beta)));
        if (voxels.Doubles is { } doubles)
        {
            GaussianSmoothing.Apply(doubles, size, sigma);
        }
        else
        {
            GaussianSmoothing.Apply(voxels.Floats, size, sigma);
        }

        return new(voxels, box);
    }

    /// <summary>How many old voxels beyond a box have a say in it.</summary>
    public static VoxelMargin Margin(InterpolationGrid grid, double beta) => new(
        GaussianSmoothing.Reach(Sigma(grid.X, beta)), GaussianSmoothing.Reach(Sigma(grid.Y, beta)), GaussianSmoothing.Reach(Sigma(grid.Z, beta)));
}
