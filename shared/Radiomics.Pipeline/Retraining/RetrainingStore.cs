namespace Radiomics.Pipeline;

/// <summary>Final records of retrainings: <c>models/{center}/retrainings/{id}.json</c>.</summary>
public sealed class RetrainingStore
{
    /// <summary>The final record of a retraining; null if there is none yet.</summary>
    public Task<RetrainingStatus?> TryGetAsync(string center, string id, CancellationToken cancellation = default) => throw new InvalidOperationException();
}
