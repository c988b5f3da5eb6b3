namespace Radiomics.Learning;

/// <summary>A share as a clinician checks it: so many out of so many, with the 95 % interval of Wilson (1927).</summary>
/// <param name="Name">Name of the measure.</param>
/// <param name="Hits">Numerator.</param>
/// <param name="Of">Denominator.</param>
/// <param name="Meaning">What it says, in words.</param>
/// <param name="WhyUndefined">Why there is no share when the denominator is 0.</param>
public sealed record CardRate(string Name, int Hits, int Of, string Meaning, string WhyUndefined)
{
    private const double Normal = 1.959963984540054;

    /// <summary>The share; null if there is nothing to divide by.</summary>
    public double? Value => Of == 0 ? null : (double)Hits / Of;

    /// <summary>95 % interval; null if there is nothing to divide by.</summary>
    public Interval? Interval => Of == 0 ? null : Wilson(Hits, Of);

    /// <summary>The 95 % interval of a share (Wilson 1927).</summary>
    /// <param name="hits">Numerator.</param>
    /// <param name="of">Denominator, at least 1.</param>
    public static Interval Wilson(int hits, int of)
    {
        var share = (double)hits / of;
        var scale = 1 + (Normal * Normal / of);
        var middle = (share + (Normal * Normal / (2 * of))) / scale;
        var half = Normal / scale * Math.Sqrt((share * (1 - share) / of) + (Normal * Normal / (4.0 * of * of)));
        return new(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>The share of an evaluation: sensitivity, specificity, predictive values, accuracy.</summary>
    public static IReadOnlyList<CardRate> From(Evaluation evaluation)
    {
        var negatives = evaluation.Cases - evaluation.Positives;
        var found = (int)Math.Round(evaluation.Sensitivity * evaluation.Positives);
        var spared = (int)Math.Round(evaluation.Specificity * negatives);
        var calledPositive = found + negatives - spared;
        var calledNegative = evaluation.Cases - calledPositive;
        return
        [
            new("Sensitivity", found, evaluation.Positives, "of the cases with the outcome were called positive", "no case had the outcome"),
            new("Specificity", spared, negatives, "of the cases without the outcome were called negative", "every case had the outcome"),
            new("Positive predictive value", found, calledPositive, "of the positive calls were right", "no case was called positive"),
            new("Negative predictive value", spared, calledNegative, "of the negative calls were right", "no case was called negative"),
            new("Accuracy", found + spared, evaluation.Cases, "of all calls were right", "there was no case"),
        ];
    }
}
