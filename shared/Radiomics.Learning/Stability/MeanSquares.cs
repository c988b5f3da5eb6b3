namespace Radiomics.Learning;

/// <summary>Analysis of variance of subjects by replicates.</summary>
/// <param name="Between">Mean square between subjects (BMS), n − 1 degrees of freedom.</param>
/// <param name="Within">Mean square within subjects (WMS), n(k − 1).</param>
/// <param name="Replicates">Mean square between replicates (JMS), k − 1.</param>
/// <param name="Residual">What is left of both (EMS), (n − 1)(k − 1).</param>
internal readonly record struct MeanSquares(double Between, double Within, double Replicates, double Residual)
{
    /// <summary>Of <paramref name="values"/>[subject][replicate]: two at least of both, equally many replicates of each.</summary>
    public static MeanSquares Of(double[][] values)
    {
        var (n, k) = (values.Length, values[0].Length);
        double[] subjects = [.. values.Select(subject => subject.Average(value => value))];
        double[] replicates = [.. Enumerable.Range(0, k).Select(j => values.Average(subject => subject[j]))];
        var mean = subjects.Average();
        double within = 0, residual = 0;
        for (var i = 0; i < n; i++)
        {
            within += values[i].Sum(value => Square(value - subjects[i]));
            for (var j = 0; j < k; j++)
            {
                residual += Square(values[i][j] - subjects[i] - replicates[j] + mean);
            }
        }

        return new(
            k * subjects.Sum(one => Square(one - mean)) / (n - 1),
            within / (n * (k - 1.0)),
            n * replicates.Sum(one => Square(one - mean)) / (k - 1),
            residual / ((n - 1.0) * (k - 1)));
    }

    private static double Square(double x) => x * x;
}
