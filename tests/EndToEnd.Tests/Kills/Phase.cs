namespace EndToEnd.Tests.Kills;

/// <summary>A part of a study's way, from the scheduling of one activity to that of another.</summary>
/// <param name="Name">What the table of kills calls it.</param>
/// <param name="Begins">The first activity of it; null: it begins with the upload.</param>
/// <param name="Ends">The first activity of the next one; null: it ends with the orchestration.</param>
internal sealed record Phase(string Name, string? Begins, string? Ends)
{
    public static Phase Door { get; } = new("door", null, "IngestStudy");

    public static Phase Ingest { get; } = new("ingest", "IngestStudy", "ExtractFeatures");

    public static Phase Extraction { get; } = new("extraction", "ExtractFeatures", "Predict");

    public static Phase Prediction { get; } = new("prediction", "Predict", "PublishPrediction");

    public static Phase Publishing { get; } = new("publishing", "PublishPrediction", null);

    /// <summary>All of them, in the order of a study's way.</summary>
    public static IReadOnlyList<Phase> InOrder { get; } = [Door, Ingest, Extraction, Prediction, Publishing];
}
