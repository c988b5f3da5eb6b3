using System.Diagnostics.Metrics;

namespace Radiomics.Pipeline;

/// <summary>
/// Counts what comes out of the pipeline: ids of centers, codes and classes, never anything of one patient. A step that is repeated after a crash counts again;
/// the audit trail counts exactly.
/// </summary>
public static class PipelineMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Radiomics.Pipeline";

    /// <summary>Predictions published, by <c>center</c>, <c>field_strength</c>, <c>model</c>, <c>decision</c> and <c>training_range</c>.</summary>
    public const string Predictions = "radiomics.predictions";

    /// <summary>What ended without a result, by <c>of</c>, <c>center</c>, <c>code</c> and <c>fault</c> (whether the service is to blame).</summary>
    public const string Failures = "radiomics.failures";

    /// <summary>Stored parts and records that weren't what was stored, by <c>container</c>; each time that one was read.</summary>
    public const string Alterations = "radiomics.altered";

    private const string None = "none";

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_predictions = s_meter.CreateCounter<long>(Predictions, "{prediction}", "Predictions published.");
    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>(Failures, "{failure}", "Predictions, retrainings, fetches and returns of reports that ended with an error.");

    private static readonly Counter<long> s_alterations = s_meter.CreateCounter<long>(Alterations, "{part}", "Stored parts and records that were found altered.");

    /// <summary>Counts something stored that was found altered.</summary>
    public static void Altered(string container) => s_alterations.Add(1, new KeyValuePair<string, object?>("container", container));

    /// <summary>Counts a prediction.</summary>
    public static void Predicted(Prediction prediction) => s_predictions.Add(
        1,
        new("center", prediction.Center),
        new("field_strength", prediction.FieldStrength ?? None),
        new("model", prediction.Model?.Version ?? None),
        new("decision", prediction.Decision switch
        {
            PredictionDecision.Positive => "positive",
            PredictionDecision.Negative => "negative",
            _ => None,
        }),
        new("training_range", prediction.Explanation?.Distance.Outside switch
        {
            true => "outside",
            false => "inside",
            null => None,
        }));

    /// <summary>Counts a failure.</summary>
    /// <param name="of">What failed: <c>prediction</c>, <c>retraining</c>, <c>fetch</c> or <c>report</c>.</param>
    /// <param name="center">Center, or <c>_system</c>.</param>
    /// <param name="error">Why.</param>
    public static void Failed(string of, string center, PredictionError error) =>
        s_failures.Add(1, new("of", of), new("center", center), new("code", error.Code), new("fault", error.IsFault));
}
