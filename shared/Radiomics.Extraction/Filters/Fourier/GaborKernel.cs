namespace Radiomics.Extraction;

/// <summary>
/// Gabor's kernel in a plane (IBSI-2, section 3.5): <c>exp(−(u² + γ²v²)/(2σ²) + i·2πu/λ)</c>, where (u, v) are millimetres in a system turned by θ. It isn't normalised.
/// It ends where its envelope falls below 2·10⁻⁸.
/// </summary>
/// <param name="Sigma">Standard deviation of the envelope along the wave, mm.</param>
/// <param name="Wavelength">mm.</param>
/// <param name="Gamma">How many times narrower the envelope is across the wave.</param>
/// <param name="Theta">Radians by which the wave's direction is turned clockwise, from the plane's first axis.</param>
internal readonly record struct GaborKernel(double Sigma, double Wavelength, double Gamma, double Theta)
{
    private const double Cut = 6;

    /// <summary>Voxels that the kernel reaches along a plane's first or second axis, whatever its direction.</summary>
    public static int Reach(double sigma, double gamma, double spacing) =>
        (int)Math.Min(Math.Ceiling(Cut * sigma * Math.Max(1, 1 / gamma) / spacing), 1 << 20);

    /// <summary>Voxels that it reaches along a plane's axis in its own direction.</summary>
    public (int First, int Second) Extent(double spacingFirst, double spacingSecond)
    {
        var (sine, cosine) = Math.SinCos(Theta);
        var (along, across) = (Cut * Sigma, Cut * Sigma / Gamma);
        return (
            (int)Math.Ceiling(Math.Sqrt(along * along * cosine * cosine + across * across * sine * sine) / spacingFirst),
            (int)Math.Ceiling(Math.Sqrt(along * along * sine * sine + across * across * cosine * cosine) / spacingSecond));
    }

    /// <summary>The kernel at so many millimetres along the plane's axes.</summary>
    public (double Re, double Im) At(double first, double second)
    {
        var (sine, cosine) = Math.SinCos(Theta);
        var u = first * cosine + second * sine;
        var v = second * cosine - first * sine;
        var envelope = Math.Exp(-(u * u + Gamma * Gamma * v * v) / (2 * Sigma * Sigma));
        var (waveSine, waveCosine) = Math.SinCos(2 * Math.PI * u / Wavelength);
        return (envelope * waveCosine, envelope * waveSine);
    }
}
