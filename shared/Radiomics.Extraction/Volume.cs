namespace Radiomics.Extraction;

/// <summary>
/// An image: intensities on a voxel grid, x fastest. They are the file's own numbers: floats where floats hold every one of them exactly, doubles where they don't
/// (whole numbers above 2²⁴, double precision, scaled values).
/// </summary>
public sealed class Volume
{
    /// <summary>Wraps <paramref name="voxels"/> (not copied); its length must be the grid's voxel count.</summary>
    /// <param name="geometry">The grid.</param>
    /// <param name="voxels">Intensities.</param>
    /// <param name="pixelType">What kind of number they are where they come from.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public Volume(VolumeGeometry geometry, float[] voxels, PixelType pixelType = PixelType.Float32)
        : this(geometry, (Intensities)voxels, pixelType)
    {
    }

    internal Volume(VolumeGeometry geometry, Intensities intensities, PixelType pixelType)
    {
        if (intensities.Length != geometry.Count)
        {
            throw new ArgumentException($"{intensities.Length} voxels for a grid of {geometry.Count}.", nameof(intensities));
        }

        (Geometry, Intensities, PixelType) = (geometry, intensities, pixelType);
    }

    /// <summary>The grid.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>What kind of number the voxels are where they come from.</summary>
    public PixelType PixelType { get; }

    /// <summary>Intensities; index <c>(k·SizeY + j)·SizeX + i</c>.</summary>
    /// <exception cref="InvalidOperationException">Floats don't hold them: <see cref="Doubles"/> does.</exception>
    public float[] Voxels => Intensities.Doubles is null
        ? Intensities.Floats
        : throw new InvalidOperationException("This image's intensities are doubles; floats would round them.");

    /// <summary>Intensities of an image that floats would round; null if <see cref="Voxels"/> holds them.</summary>
    public double[]? Doubles => Intensities.Doubles;

    /// <summary>One intensity, whichever way they are held.</summary>
    public double this[int index] => Intensities[index];

    /// <summary>Intensities as they are held.</summary>
    internal Intensities Intensities { get; }

    /// <summary>An image of doubles, which are held as floats if that loses nothing.</summary>
    /// <param name="geometry">The grid.</param>
    /// <param name="voxels">Intensities; not copied.</param>
    /// <param name="pixelType">What kind of number they are where they come from.</param>
    /// <exception cref="ArgumentException">The length isn't the grid's voxel count.</exception>
    public static Volume Of(VolumeGeometry geometry, double[] voxels, PixelType pixelType = PixelType.Float64) =>
        new(geometry, Intensities.Smallest(voxels), pixelType);
}
