namespace Radiomics.Extraction;

/// <summary>
/// An image that kernels move through: intensities and grey levels of a box, with room around it so that no kernel needs a bounds check. Grey levels are found once,
/// from all that kernels can see, and are the same in each.
/// </summary>
internal sealed class VoxelImage
{
    private readonly byte[] _mask;
    private readonly int _strideY;
    private readonly int _strideZ;

    /// <param name="box">The ROI's box and the kernel's radius around it, as far as the image goes.</param>
    /// <param name="mask">The ROI in it.</param>
    /// <param name="intensities">What is measured, in the same layout; finite where kernels see.</param>
    /// <param name="bins">How to discretise.</param>
    /// <param name="roi">The ROI, for what doesn't depend on the image.</param>
    /// <param name="settings">All settings.</param>
    public VoxelImage(VoxelBox box, byte[] mask, Intensities intensities, DiscretisationSettings bins, RoiGrid roi, ExtractionSettings settings)
    {
        (Box, _mask, Roi, Settings) = (box, mask, roi, settings);
        Special = settings.PyRadiomics!;
        AreDoubles = intensities.Doubles is not null;
        InSlices = SlicesAlongZ.AreWanted(settings);
        Radius = Special.Voxels!.KernelRadius;
        (_strideY, _strideZ) = (box.SizeX + 2 * Radius, (box.SizeX + 2 * Radius) * (box.SizeY + 2 * Radius));
        var room = checked(_strideZ * (box.SizeZ + 2 * Radius));
        (Intensities, Levels) = (new double[room], new ushort[room]);
        var sees = Special.Voxels.MaskedKernel ? mask : null;
        var (minimum, maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < mask.Length; i++)
        {
            if (sees is null || sees[i] != 0)
            {
                (minimum, maximum) = (Math.Min(minimum, intensities[i]), Math.Max(maximum, intensities[i]));
            }
        }

        Bins = new(minimum, maximum, bins, AreDoubles);
        LevelCount = Bins.LevelOf(maximum);
        var occurs = new bool[LevelCount + 1];
        for (var row = 0; row < Rows; row++)
        {
            var (from, to) = (row * box.SizeX, IndexOf(row, 0));
            for (var x = 0; x < box.SizeX; x++)
            {
                if (sees is null || sees[from + x] != 0)
                {
                    Intensities[to + x] = intensities[from + x];
                    Levels[to + x] = (ushort)Bins.LevelOf(intensities[from + x]);
                    occurs[Levels[to + x]] = true;
                }
            }
        }

        OccurringLevels = occurs.AsSpan().Count(true);
        Offsets = FindOffsets();
    }

    /// <summary>Where the image lies in its frame.</summary>
    public VoxelBox Box { get; }

    /// <summary>The ROI.</summary>
    public RoiGrid Roi { get; }

    public ExtractionSettings Settings { get; }

    public PyRadiomicsSettings Special { get; }

    /// <summary>Intensities, with room around them.</summary>
    public double[] Intensities { get; }

    /// <summary>Whether floats don't hold the intensities.</summary>
    public bool AreDoubles { get; }

    /// <summary>Grey levels in the same layout, 0 where no kernel sees.</summary>
    public ushort[] Levels { get; }

    public PyRadiomicsBins Bins { get; }

    /// <summary>The highest grey level.</summary>
    public int LevelCount { get; }

    /// <summary>How many different grey levels there are.</summary>
    public int OccurringLevels { get; }

    /// <summary>Whether kernels are flat, in the slices.</summary>
    public bool InSlices { get; }

    /// <summary>The kernel's.</summary>
    public int Radius { get; }

    /// <summary>Where the voxels of a kernel lie from its center, in the order of a grid whose slices are along z.</summary>
    public int[] Offsets { get; }

    /// <summary>Rows of the box.</summary>
    public int Rows => Box.SizeY * Box.SizeZ;

    /// <summary>The ROI's voxels in a row of the box.</summary>
    public ReadOnlySpan<byte> MaskOf(int row) => _mask.AsSpan(row * Box.SizeX, Box.SizeX);

    /// <summary>Index of a row's voxel in <see cref="Intensities"/> and <see cref="Levels"/>.</summary>
    public int IndexOf(int row, int x) => (row / Box.SizeY + Radius) * _strideZ + (row % Box.SizeY + Radius) * _strideY + x + Radius;

    private int[] FindOffsets()
    {
        var (side, depth) = (2 * Radius + 1, InSlices ? 0 : Radius);
        var offsets = new int[side * side * (2 * depth + 1)];
        var i = 0;
        for (var c = -depth; c <= depth; c++)
        {
            for (var b = -Radius; b <= Radius; b++)
            {
                for (var a = -Radius; a <= Radius; a++)
                {
                    // As SlicesAlongZ turns an ROI.
                    var (x, y, z) = InSlices ? SlicesAlongZ.Turn((a, b, c), Special.SliceAxis) : (a, b, c);
                    offsets[i++] = z * _strideZ + y * _strideY + x;
                }
            }
        }

        return offsets;
    }
}
