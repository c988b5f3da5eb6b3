namespace Radiomics.Learning;

/// <summary>Tail of the standard normal distribution, to about 1e-13 of its value far into the tail, where a p value still has to be told from a smaller one.</summary>
internal static class NormalTail
{
    private const double Middle = 3;
    private const int Fractions = 120;

    /// <summary>P(Z &gt; z).</summary>
    public static double Upper(double z) => z < 0 ? 1 - Upper(-z) : z < Middle ? 0.5 - Density(z) * Series(z) : Density(z) / Fraction(z);

    /// <summary>P(|Z| &gt; |z|).</summary>
    public static double TwoSided(double z) => 2 * Upper(Math.Abs(z));

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    // z + z³/3 + z⁵/(3·5) + …: the lower part over the density.
    private static double Series(double z)
    {
        var (sum, term) = (z, z);
        for (var k = 3; term > 1e-17 * sum; k += 2)
        {
            term *= z * z / k;
            sum += term;
        }

        return sum;
    }

    // Laplace's continued fraction z + 1/(z + 2/(z + 3/…)): the density over the tail.
    private static double Fraction(double z)
    {
        var fraction = z;
        for (var k = Fractions; k > 0; k--)
        {
            fraction = z + k / fraction;
        }

        return fraction;
    }
}
