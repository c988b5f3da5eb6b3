using Radiomics.Learning;

namespace Radiomics.Pages.Report;

/// <summary>
/// What became of the cases of a model whose answers lay nearest to one answer, and the interval that follows. All of them were judged by models that had not learned from them: out of fold in the
/// cross-validation, or held out. A card keeps them in groups of similar answers; the nearest groups are taken until there are enough cases.
/// </summary>
/// <param name="Cases">Number of those cases.</param>
/// <param name="Positives">How many of them had the outcome.</param>
/// <param name="Lowest">Smallest mean answer of their groups.</param>
/// <param name="Highest">Largest mean answer of their groups.</param>
/// <param name="Interval">95 % interval of the share with the outcome (Wilson 1927).</param>
internal sealed record Uncertainty(int Cases, int Positives, double Lowest, double Highest, Interval Interval)
{
    /// <summary>Cases from which on no further group is taken: a group alone is too few to say anything, and all together are no neighbours.</summary>
    public const int EnoughCases = 15;

    /// <summary>The cases nearest to an answer; null where the card keeps none.</summary>
    public static Uncertainty? Near(ModelCard card, double probability)
    {
        var (cases, positives, lowest, highest) = (0, 0, 1.0, 0.0);
        foreach (var group in card.CrossValidation.Calibration.Concat(card.Test?.Calibration ?? []).OrderBy(group => Math.Abs(group.Predicted - probability)))
        {
            (cases, positives) = (cases + group.Cases, positives + (int)Math.Round(group.Observed * group.Cases));
            (lowest, highest) = (Math.Min(lowest, group.Predicted), Math.Max(highest, group.Predicted));
            if (cases >= EnoughCases)
            {
                break;
            }
        }

        return cases == 0 ? null : new(cases, positives, lowest, highest, CardRate.Wilson(positives, cases));
    }
}
