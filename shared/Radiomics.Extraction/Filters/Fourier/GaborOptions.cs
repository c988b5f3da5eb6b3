namespace Radiomics.Extraction;

/// <summary>What a Gabor filter computes.</summary>
/// <param name="Sigma">mm.</param>
/// <param name="Wavelength">mm.</param>
/// <param name="Gamma">Aspect ratio.</param>
/// <param name="Thetas">Directions, radians; more than one are pooled.</param>
/// <param name="Part">What of the complex response is kept.</param>
/// <param name="Pooling">How directions are pooled.</param>
/// <param name="OrthogonalPlanes">Whether the responses in the three orthogonal planes are averaged; else only axial slices are filtered.</param>
internal sealed record GaborOptions(
    double Sigma, double Wavelength, double Gamma, IReadOnlyList<double> Thetas, GaborResponse Part, RotationInvariance Pooling, bool OrthogonalPlanes)
{
    /// <summary>What settings ask for.</summary>
    public static GaborOptions Of(FilterSettings filter)
    {
        var part = filter.Response ?? GaborResponse.Modulus;
        return new(
            filter.Sigma!.Value,
            filter.Wavelength!.Value,
            filter.Gamma ?? 1,
            filter.ThetaStep is { } step ? Turn(Radians(step), part) : [Radians(filter.Theta ?? 0)],
            part,
            filter.Pooling,
            filter.OrthogonalPlanes == true);
    }

    /// <summary>
    /// The directions of a full turn in steps of <paramref name="step"/>. A direction and its opposite differ by the sign of the imaginary part only: where that isn't asked for,
    /// half a turn says the same, if the steps meet the opposite directions.
    /// </summary>
    public static double[] Turn(double step, GaborResponse part)
    {
        var count = Math.Max(1, (int)Math.Ceiling(2 * Math.PI / step - 1e-9));
        var isHalved = count % 2 == 0 && Math.Abs(count * step - 2 * Math.PI) < 1e-9 && part != GaborResponse.Imaginary;
        var thetas = new double[isHalved ? count / 2 : count];
        for (var i = 0; i < thetas.Length; i++)
        {
            thetas[i] = i * step;
        }

        return thetas;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
