namespace Radiomics.Pipeline;

/// <summary>What somebody who asked for a turn is told.</summary>
/// <param name="Ahead">How many of the same center are before it in the line; null: it has its turn.</param>
public sealed record Turn(int? Ahead)
{
    /// <summary>It has its turn.</summary>
    public static Turn Taken { get; } = new((int?)null);
}

/// <summary>Who asks for a turn.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Id">The instance.</param>
/// <param name="Center">Its center.</param>
public sealed record TurnRequest(TurnKind Kind, string Id, string Center)
{
    /// <summary>For a prediction.</summary>
    public static TurnRequest For(PredictionRequest request) => new(TurnKind.Study, request.Id, request.Center);

    /// <summary>For a retraining.</summary>
    public static TurnRequest For(RetrainingRequest request) => new(TurnKind.Retraining, request.Id, request.Center);
}
