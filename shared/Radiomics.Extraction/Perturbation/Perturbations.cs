namespace Radiomics.Extraction;

/// <summary>Perturbs images and ROIs, to see which features survive it.</summary>
public static class Perturbations
{
    /// <summary>
    /// How far around the ROI, mm, the image is perturbed; farther away it stays as it is, so that a normalisation by the whole image sees the same body. Filters of the
    /// usual scales look less far.
    /// </summary>
    private const double Reach = 30;

    /// <summary>
    /// Seven: the ROI a tenth larger and smaller (readers), moved by fractions of a voxel and turned both ways (positioning), noise as much as there is
    /// already (a second acquisition), and all of it together.
    /// </summary>
    public static IReadOnlyList<Perturbation> Default { get; } =
    [
        new() { Name = "dilated", Growth = 0.1 },
        new() { Name = "eroded", Growth = -0.1 },
        new() { Name = "translated", Translation = new(0.3, 0.3, 0.3) },
        new() { Name = "turned", Rotation = 3 },
        new() { Name = "turnedBack", Rotation = -3, Translation = new(-0.2, 0.4, -0.3) },
        new() { Name = "noisy", Noise = 1 },
        new() { Name = "combined", Translation = new(0.4, -0.3, 0.2), Rotation = -2, Noise = 1, Growth = -0.05 },
    ];

    /// <summary>
    /// The perturbed image and ROI, on the grid of the given ones, which stay as they are. In this order: both are turned and moved (image by tricubic convolution, ROI
    /// linearly, inside from one half on), noise is added, the ROI grows. Equal arguments give equal voxels on any number of threads.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="roi">The ROI, on the image's grid, whose axes may be stored in another order.</param>
    /// <param name="perturbation">What to change.</param>
    /// <param name="seed">Seed of the noise and of the choice between voxels that lie equally near.</param>
    /// <param name="maxThreads">Most threads; −1 for all.</param>
    /// <exception cref="RadiomicsException">
    /// <c>GridMismatch</c>; <c>EmptyRoi</c>: no voxel inside; <c>InvalidPerturbation</c>; <c>PerturbationEmptiesRoi</c>: nothing would be left of the ROI (it is left to
    /// the caller to go on without this perturbation).
    /// </exception>
    public static (Volume Image, Mask Roi) Apply(Volume image, Mask roi, Perturbation perturbation, int seed, int maxThreads = -1)
    {
        perturbation.Validate();
        roi = roi.OnGridOf(image, "ROI");
        var g = image.Geometry;
        var box = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw new RadiomicsException("EmptyRoi", "The ROI has no voxel inside.");
        var random = new CounterRandom((ulong)(uint)seed).Stream(Hash(perturbation.Name));
        var voxels = image.Intensities;
        var inside = roi.Voxels;
        var motion = new RigidMotion(g, CenterOf(inside, g, box), perturbation.Translation, perturbation.Rotation);
        var moved = box.Grow(Voxels(g, motion.Displacement(box)), (g.SizeX, g.SizeY, g.SizeZ));
        var near = moved.Grow(Voxels(g, Reach), (g.SizeX, g.SizeY, g.SizeZ));
        if (!motion.IsNone)
        {
            voxels = motion.Image(voxels, near, maxThreads);
            inside = motion.Roi(inside, moved, maxThreads);
        }

        if (perturbation.Noise > 0)
        {
            voxels = voxels.Apart(image.Intensities);
            AddNoise(voxels, g, near, perturbation.Noise * NoiseEstimate.Of(image, roi), random.Stream(1), maxThreads);
        }

        if (perturbation.Growth != 0)
        {
            inside = RoiGrowth.ByVolume(inside, g, perturbation.Growth, random.Stream(2));
        }

        if (perturbation.Margin != 0)
        {
            inside = RoiGrowth.ByMargin(inside, g, perturbation.Margin, random.Stream(3));
        }

        return inside.AsSpan().Contains((byte)1)
            ? (voxels.IsSame(image.Intensities) ? image : new(g, voxels, voxels.Doubles is null ? PixelType.Float32 : PixelType.Float64), ReferenceEquals(inside, roi.Voxels) ? roi : new(g, inside))
            : throw new RadiomicsException("PerturbationEmptiesRoi", "The perturbation leaves no voxel of the ROI; the ROI is too small for it.");
    }

    /// <summary>Adds noise to the voxels of a box; the voxel's index on the whole grid addresses its random number.</summary>
    private static void AddNoise(Intensities voxels, VolumeGeometry g, VoxelBox box, double deviation, CounterRandom random, int maxThreads)
    {
        var single = (float)deviation;
        Parallel.For(box.Z, box.Z + box.SizeZ, new() { MaxDegreeOfParallelism = maxThreads }, k =>
        {
            for (var j = box.Y; j < box.Y + box.SizeY; j++)
            {
                var first = (k * g.SizeY + j) * g.SizeX + box.X;
                for (var n = first; n < first + box.SizeX; n++)
                {
                    if (voxels.Doubles is { } doubles)
                    {
                        doubles[n] += deviation * random.Normal((ulong)n);
                    }
                    else
                    {
                        voxels.Floats[n] += single * (float)random.Normal((ulong)n);
                    }
                }
            }
        });
    }

    /// <summary>Center of the ROI's voxels, as a fractional index.</summary>
    private static Point3 CenterOf(byte[] roi, VolumeGeometry g, VoxelBox box)
    {
        long x = 0, y = 0, z = 0, count = 0;
        for (var k = box.Z; k < box.Z + box.SizeZ; k++)
        {
            for (var j = box.Y; j < box.Y + box.SizeY; j++)
            {
                var row = roi.AsSpan((k * g.SizeY + j) * g.SizeX, g.SizeX);
                for (var i = box.X; i < box.X + box.SizeX; i++)
                {
                    x += row[i] * i;
                    y += row[i] * j;
                    z += row[i] * k;
                    count += row[i];
                }
            }
        }

        return new((double)x / count, (double)y / count, (double)z / count);
    }

    private static VoxelMargin Voxels(VolumeGeometry g, double mm) =>
        new((int)Math.Ceiling(mm / g.SpacingX), (int)Math.Ceiling(mm / g.SpacingY), (int)Math.Ceiling(mm / g.SpacingZ));

    /// <summary>FNV-1a, since a string's own hash differs between processes.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash;
    }
}
