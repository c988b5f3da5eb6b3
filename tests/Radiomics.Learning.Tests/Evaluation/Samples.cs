namespace Radiomics.Learning.Tests;

/// <summary>Predictions that overlap.</summary>
internal static class Samples
{
    /// <summary>Probabilities that are right more often than not, in so many levels (ties) or, with 0, all different; a third has the outcome.</summary>
    public static (double[] Probabilities, bool[] Labels) Noisy(int cases, int seed, int levels = 0, double strength = 1.2)
    {
        var random = new Random(seed);
        bool[] labels = [.. Enumerable.Range(0, cases).Select(i => i % 3 == 0)];
        double[] probabilities = [.. labels.Select(label =>
        {
            var p = 1 / (1 + Math.Exp(-(Normal(random) + (label ? strength : 0) - strength / 2)));
            return levels > 0 ? Math.Round(p * levels) / levels : p;
        })];
        return (probabilities, labels);
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
