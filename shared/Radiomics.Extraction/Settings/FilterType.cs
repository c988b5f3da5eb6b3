namespace Radiomics.Extraction;

/// <summary>Image filters.</summary>
public enum FilterType
{
    /// <summary>Laplacian of Gaussian.</summary>
    Log,

    /// <summary>Undecimated separable wavelet: eight sub-bands (LLL … HHH, the letters along x, y, z), or four within slices.</summary>
    Wavelet,

    /// <summary>Square.</summary>
    Square,

    /// <summary>Square root of the magnitude, with the sign.</summary>
    SquareRoot,

    /// <summary>Logarithm of the magnitude plus 1, with the sign.</summary>
    Logarithm,

    /// <summary>Exponential.</summary>
    Exponential,

    /// <summary>Magnitude of the gradient.</summary>
    Gradient,

    /// <summary>Mean of a neighbourhood.</summary>
    Mean,

    /// <summary>Laws' kernels, or their energy.</summary>
    Laws,

    /// <summary>Gabor: a wave under a Gaussian, within slices or three orthogonal planes.</summary>
    Gabor,

    /// <summary>Simoncelli's band-pass wavelet, without directions.</summary>
    Simoncelli,

    /// <summary>Local binary patterns within slices, as PyRadiomics has them; only with its conventions.</summary>
    Lbp2D,

    /// <summary>Local binary patterns on spheres, in spherical harmonics, as PyRadiomics has them; only with its conventions.</summary>
    Lbp3D,
}

/// <summary>What a filter sees at once.</summary>
public enum FilterDimension
{
    /// <summary>Each slice by itself, along x and y.</summary>
    Slices,

    /// <summary>The volume.</summary>
    Volume,
}

/// <summary>How an image goes on beyond its border (IBSI-2, "boundary conditions").</summary>
public enum FilterBoundary
{
    /// <summary>Mirrored, the border voxel twice.</summary>
    Mirror,

    /// <summary>By zeros.</summary>
    Zero,

    /// <summary>By the border voxel.</summary>
    Nearest,

    /// <summary>From its other side again.</summary>
    Periodic,
}

/// <summary>
/// How the responses to a filter turned by right angles (24 rotations of a volume, 4 of a slice), or to a Gabor filter's directions, become one.
/// </summary>
public enum RotationInvariance
{
    /// <summary>The filter isn't rotated.</summary>
    None,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>Their mean.</summary>
    Average,

    /// <summary>The smallest.</summary>
    Min,
}

/// <summary>What of a Gabor filter's complex response is measured.</summary>
public enum GaborResponse
{
    /// <summary>Its magnitude.</summary>
    Modulus,

    /// <summary>Its real part.</summary>
    Real,

    /// <summary>Its imaginary part.</summary>
    Imaginary,
}
