namespace Radiomics.Learning;

/// <summary>What selection chose on some training cases, with what has to be done to the values of any case before the model sees them.</summary>
public sealed record Selection
{
    /// <summary>The chosen features, in the order in which the model takes them.</summary>
    public required IReadOnlyList<SelectedFeature> Features { get; init; }

    /// <summary>How many features were left after each step, in the order of the steps.</summary>
    public required IReadOnlyList<SelectionStep> Steps { get; init; }
}

/// <summary>One chosen feature: value → (value or, where missing, <paramref name="Imputation"/> − <paramref name="Mean"/>) / <paramref name="Deviation"/>.</summary>
/// <param name="Name">IBSI tag or covariate.</param>
/// <param name="Column">Column in the matrix that selection ran on: radiomic features first, then covariates.</param>
/// <param name="Imputation">Median of the training cases.</param>
/// <param name="Mean">Mean of the training cases after imputation.</param>
/// <param name="Deviation">Population standard deviation of the training cases after imputation, &gt; 0.</param>
/// <param name="LassoCoefficient">Standardised coefficient of the chosen L1 model; 0 for a covariate that was put in unasked.</param>
public sealed record SelectedFeature(string Name, int Column, double Imputation, double Mean, double Deviation, double LassoCoefficient)
{
    /// <summary>Distance from the mean in standard deviations; a missing value (NaN) counts as the median.</summary>
    public double Standardise(double value) => ((double.IsNaN(value) ? Imputation : value) - Mean) / Deviation;
}

/// <summary>What a step left.</summary>
/// <param name="Step">Name of the step, e.g. <c>redundancy</c>.</param>
/// <param name="Left">Features left after it.</param>
public sealed record SelectionStep(string Step, int Left);
