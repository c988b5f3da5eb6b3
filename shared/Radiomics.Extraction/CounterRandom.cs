namespace Radiomics.Extraction;

/// <summary>
/// Random numbers addressed by a counter: the n-th number of a stream needs no other, so voxels can be made in any order and on any
/// number of threads. The n-th bits are the SplitMix64 finaliser (Steele, Lea, Flood, OOPSLA 2014) of key + n·golden ratio.
/// </summary>
public readonly struct CounterRandom(ulong key)
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private static readonly float[] s_normal = NormalQuantiles();

    /// <summary>An independent stream.</summary>
    public CounterRandom Stream(ulong id) => new(Mix(key ^ Mix(id * GoldenRatio + 1)));

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong counter) => Mix(key + (counter + 1) * GoldenRatio);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(ulong counter) => (Bits(counter) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform between two bounds.</summary>
    public double Uniform(ulong counter, double low, double high) => low + (high - low) * Uniform(counter);

    /// <summary>Standard normal, within ±4.2.</summary>
    public double Normal(ulong counter) => s_normal[(int)(Bits(counter) >> 48)];

    /// <summary>Four independent standard normals from one hash: a quantile table read with 16 bits each.</summary>
    public (float A, float B, float C, float D) FourNormals(ulong counter)
    {
        var bits = Bits(counter);
        var table = s_normal;
        return (table[(int)(bits & 0xFFFF)], table[(int)((bits >> 16) & 0xFFFF)], table[(int)((bits >> 32) & 0xFFFF)], table[(int)(bits >> 48)]);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Quantiles of the normal distribution at (i + ½)/65536: integrates dx/dp = √(2π)·exp(x²/2) from the median outwards.</summary>
    private static float[] NormalQuantiles()
    {
        const int Count = 65536;
        const int Half = Count / 2;
        const int Substeps = 8;
        var table = new float[Count];
        var x = 0.0;
        for (var i = 0; i < Half; i++)
        {
            var step = (i == 0 ? 0.5 : 1.0) / Count / Substeps;
            for (var s = 0; s < Substeps; s++)
            {
                var k1 = Slope(x);
                var k2 = Slope(x + step * k1 / 2);
                var k3 = Slope(x + step * k2 / 2);
                var k4 = Slope(x + step * k3);
                x += step * (k1 + 2 * k2 + 2 * k3 + k4) / 6;
            }

            table[Half + i] = (float)x;
            table[Half - 1 - i] = (float)-x;
        }

        return table;
    }

    private static double Slope(double x) => Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
}
