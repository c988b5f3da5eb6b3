namespace Radiomics.Learning;

/// <summary>How probabilities did on some cases, at one threshold. Undefined shares (nobody decided positive, say) are null.</summary>
public sealed record Evaluation
{
    /// <summary>Number of cases.</summary>
    public required int Cases { get; init; }

    /// <summary>Cases with the outcome.</summary>
    public required int Positives { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public required double Auc { get; init; }

    /// <summary>95 % confidence interval of the AUC (DeLong 1988), cut to [0,1]; for separated classes and single cases see <see cref="DeLong.Interval"/>.</summary>
    public required Interval AucInterval { get; init; }

    /// <summary>Probability from which on (inclusive) the decision is positive.</summary>
    public required double Threshold { get; init; }

    /// <summary>Share of right decisions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Share of the cases with the outcome that were decided positive.</summary>
    public required double Sensitivity { get; init; }

    /// <summary>Share of the cases without the outcome that were decided negative.</summary>
    public required double Specificity { get; init; }

    /// <summary>Share of the positive decisions that were right; null if there was none.</summary>
    public required double? PositivePredictiveValue { get; init; }

    /// <summary>Share of the negative decisions that were right; null if there was none.</summary>
    public required double? NegativePredictiveValue { get; init; }

    /// <summary>Mean squared error of the probabilities.</summary>
    public required double Brier { get; init; }

    /// <summary>Slope of the logistic regression of the outcome on the log-odds; 1 is perfect. Null where it can't be fitted (separated classes).</summary>
    public required double? CalibrationSlope { get; init; }

    /// <summary>Intercept of the logistic regression of the outcome with the log-odds as offset (calibration-in-the-large); 0 is perfect.</summary>
    public required double? CalibrationIntercept { get; init; }

    /// <summary>The ROC curve, from (0,0) to (1,1), a point a distinct probability.</summary>
    public required IReadOnlyList<RocPoint> Roc { get; init; }

    /// <summary>Observed against predicted, in up to ten groups of equal size (but for ties, which stay together), five cases a group at least on average.</summary>
    public required IReadOnlyList<CalibrationPoint> Calibration { get; init; }

    /// <summary>Net benefit over threshold probabilities (Vickers and Elkin 2006).</summary>
    public required IReadOnlyList<DecisionPoint> Decision { get; init; }
}

/// <summary>An interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Low, double High);

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">1 − specificity.</param>
/// <param name="TruePositiveRate">Sensitivity.</param>
public sealed record RocPoint(double FalsePositiveRate, double TruePositiveRate);

/// <summary>A group of cases with similar probabilities.</summary>
/// <param name="Predicted">Mean probability.</param>
/// <param name="Observed">Share with the outcome.</param>
/// <param name="Cases">Number of cases.</param>
public sealed record CalibrationPoint(double Predicted, double Observed, int Cases);

/// <summary>Net benefit per patient at a threshold probability.</summary>
/// <param name="Threshold">Threshold probability.</param>
/// <param name="Model">Of deciding by the model.</param>
/// <param name="TreatAll">Of deciding positive for everybody.</param>
public sealed record DecisionPoint(double Threshold, double Model, double TreatAll);
