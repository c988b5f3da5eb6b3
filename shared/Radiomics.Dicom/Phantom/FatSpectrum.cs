using System.Numerics;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// The six-peak proton spectrum of liver fat of Hamilton et al., NMR Biomed 2011;24:784 (doi 10.1002/nbm.1622): chemical shifts against water
/// (4.7 ppm) and relative areas.
/// </summary>
public static class FatSpectrum
{
    /// <summary>Proton gyromagnetic ratio over 2π, MHz per tesla.</summary>
    public const double ProtonMegahertzPerTesla = 42.577;

    private static readonly (double Ppm, double Area)[] s_peaks =
    [
        (5.3 - 4.7, 0.047),
        (4.2 - 4.7, 0.039),
        (2.75 - 4.7, 0.006),
        (2.1 - 4.7, 0.120),
        (1.3 - 4.7, 0.700),
        (0.9 - 4.7, 0.088),
    ];

    /// <summary>Fat signal per unit of fat, relative to water's phase, <paramref name="echoTime"/> ms after excitation: Σ aₚ·exp(2πi·Δfₚ·TE).</summary>
    public static Complex Phase(double echoTime, double tesla)
    {
        var sum = Complex.Zero;
        foreach (var (ppm, area) in s_peaks)
        {
            sum += Complex.FromPolarCoordinates(area, 2 * Math.PI * ppm * ProtonMegahertzPerTesla * tesla * echoTime / 1000);
        }

        return sum;
    }
}
