using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>All that scoring needs (<c>model.json</c> of a package): impute → standardise → score → calibrate → decide.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ScoringModel
{
    /// <summary>How it was fitted.</summary>
    public required Learner Learner { get; init; }

    /// <summary>What it reads.</summary>
    public required FeatureSet FeatureSet { get; init; }

    /// <summary>The features, in the order of the form.</summary>
    public required IReadOnlyList<ModelFeature> Features { get; init; }

    /// <summary>What the learner found.</summary>
    public required ModelForm Form { get; init; }

    /// <summary>From score to log-odds.</summary>
    public required PlattCalibration Calibration { get; init; }

    /// <summary>Probability from which on (inclusive) the decision is positive.</summary>
    public required double Threshold { get; init; }

    /// <summary>Where the training cases lie.</summary>
    public required TrainingDistribution Distribution { get; init; }

    /// <summary>Scores one patient.</summary>
    /// <param name="values">A value a feature in its own unit, in the order of <see cref="Features"/>; null where undefined, and the training cases' median counts.</param>
    public ModelScoring Score(IReadOnlyList<double?> values)
    {
        double[] standardised = [.. Features.Select((feature, i) => feature.Standardise(values[i]))];
        var score = Form.Score(standardised);
        var probability = Calibration.Probability(score);
        var contributions = Form.Contributions(standardised);
        var distance = Distribution.Distance(values, standardised);
        return new(
            probability,
            probability >= Threshold,
            Threshold,
            score,
            Calibration.Intercept + Calibration.Slope * Form.Base,
            [.. Features.Select((f, i) => new FeatureContribution(f.Name, values[i], standardised[i], Calibration.Slope * contributions[i]))],
            distance,
            [.. Imputed(values), .. distance.Warning is { } warning ? (string[])[warning] : []]);
    }

    /// <summary>Whether its parts fit together and every number that scoring reads is finite.</summary>
    internal bool IsSound() =>
        Features.Count > 0
        && Features.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() == Features.Count
        && Features.All(f => f.Deviation > 0 && double.IsFinite(f.Deviation) && double.IsFinite(f.Mean) && double.IsFinite(f.Imputation))
        && Form.Fits(Features.Count)
        && double.IsFinite(Calibration.Slope) && double.IsFinite(Calibration.Intercept)
        && Threshold is >= 0 and <= 1
        && Distribution.Fits(Features);

    private IEnumerable<string> Imputed(IReadOnlyList<double?> values) => Features
        .Where((_, i) => values[i] is null)
        .Select(f => FormattableString.Invariant($"'{f.Name}' is undefined for this study; the median of the training cases ({f.Imputation:G4}) was put in."));
}

/// <summary>One feature of a model: value → (value or, where missing, <paramref name="Imputation"/> − <paramref name="Mean"/>) / <paramref name="Deviation"/>.</summary>
/// <param name="Name">IBSI tag, or column of a clinical covariate.</param>
/// <param name="Imputation">Median of the training cases.</param>
/// <param name="Mean">Mean of the training cases after imputation.</param>
/// <param name="Deviation">Standard deviation of the training cases after imputation, &gt; 0.</param>
/// <param name="Covariate">Whether it is a clinical covariate, not a radiomic feature.</param>
public sealed record ModelFeature(string Name, double Imputation, double Mean, double Deviation, bool Covariate = false)
{
    /// <summary>What selection chose; <paramref name="radiomics"/>: number of radiomic columns, after which the covariates come.</summary>
    public static ModelFeature From(SelectedFeature feature, int radiomics) =>
        new(feature.Name, feature.Imputation, feature.Mean, feature.Deviation, feature.Column >= radiomics);

    /// <summary>Distance from the mean in standard deviations; a missing value counts as the median.</summary>
    public double Standardise(double? value) => ((value ?? Imputation) - Mean) / Deviation;
}
