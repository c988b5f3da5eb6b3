namespace Radiomics.Learning.Tests;

/// <summary>Cases of three batches that measure the same features with shifts and scales of their own; one covariate, older in one batch, acts on every feature.</summary>
internal sealed class Pooled
{
    public const int Features = 12;

    public Pooled(int seed, int cases = 72, double effect = 1)
    {
        var random = new Random(seed);
        string[] names = ["A/1.5T", "A/3.0T", "B/1.5T"];
        All = [.. Enumerable.Range(0, cases)];
        Batches = [.. All.Select(i => names[i % 7 % 3])];
        double[] age = [.. Batches.Select(batch => Samples.Normal(random) + (batch == "B/1.5T" ? 1 : 0))];
        Covariates = new(cases, ["age"], [age]);
        var columns = new double[Features][];
        for (var feature = 0; feature < Features; feature++)
        {
            double[] shift = [0, 1.5 + 0.3 * Samples.Normal(random), -1 + 0.3 * Samples.Normal(random)];
            double[] scale = [1, 2 + 0.2 * random.NextDouble(), 0.7 + 0.1 * random.NextDouble()];
            columns[feature] = [.. All.Select(i =>
            {
                var batch = Array.IndexOf(names, Batches[i]);
                return Scale(feature) * (20 + effect * age[i] + shift[batch] + scale[batch] * Samples.Normal(random));
            })];
        }

        Values = new(cases, [.. Enumerable.Range(0, Features).Select(f => $"feature_{f:00}")], columns);
    }

    public FeatureMatrix Values { get; }

    public FeatureMatrix Covariates { get; }

    public string[] Batches { get; }

    public int[] All { get; }

    public double Scale(int feature) => Math.Pow(10, feature % 5 - 2);

    public int First(string batch) => Array.IndexOf(Batches, batch);

    public FeatureMatrix Harmonised() => ComBat.Fit(Values, Batches, Covariates, All).Apply(Values, Batches, Covariates);

    public (double Mean, double Deviation)[] ByBatch(FeatureMatrix values, int feature) => [.. All.GroupBy(i => Batches[i]).Select(group =>
    {
        var mean = group.Average(i => values.Columns[feature][i]);
        return (mean, Math.Sqrt(group.Average(i => Math.Pow(values.Columns[feature][i] - mean, 2))));
    })];
}
