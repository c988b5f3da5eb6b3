namespace Radiomics.Learning.Tests;

/// <summary>Evaluations of simulated predictions, for cards.</summary>
internal static class TestEvaluations
{
    /// <summary>Cases whose log-odds lie <paramref name="separation"/> standard deviations apart by outcome.</summary>
    public static Evaluation Simulate(int cases, int positives, double separation, double threshold, int seed)
    {
        var random = new Random(seed);
        bool[] labels = [.. Enumerable.Range(0, cases).Select(i => i < positives)];
        var shift = Math.Log((double)positives / (cases - positives)) - (separation / 2 * separation * 0.6);
        double[] probabilities = [.. labels.Select(label => 1 / (1 + Math.Exp(-(shift + (1.4 * separation * ((label ? separation / 2 : 0) + (Normal(random) * 0.5)))))))];
        return Evaluator.Evaluate(probabilities, labels, threshold);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
