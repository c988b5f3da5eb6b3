namespace Radiomics.Extraction;

/// <summary>An ellipsoid by its semi-axes a ≥ b ≥ c, mm.</summary>
internal readonly record struct Ellipsoid(double A, double B, double C)
{
    public double Volume => 4 * Math.PI / 3 * A * B * C;

    /// <summary>
    /// Area by IBSI's series in Legendre polynomials P_ν, to ν = 20; NaN if it is flat. The recurrence runs on (αβ)^ν·P_ν, which stays finite for a sphere, where
    /// P_ν's argument doesn't.
    /// </summary>
    public double Area
    {
        get
        {
            if (C <= 0)
            {
                return double.NaN;
            }

            var (alpha2, beta2) = (1 - B * B / (A * A), 1 - C * C / (A * A));
            var half = (alpha2 + beta2) / 2;
            var product = alpha2 * beta2;
            double previous = 1, current = half;
            var sum = 1 + current / (1 - 4);
            for (var n = 1; n < 20; n++)
            {
                (previous, current) = (current, ((2 * n + 1) * half * current - n * product * previous) / (n + 1));
                sum += current / (1 - 4.0 * (n + 1) * (n + 1));
            }

            return 4 * Math.PI * A * B * sum;
        }
    }
}
