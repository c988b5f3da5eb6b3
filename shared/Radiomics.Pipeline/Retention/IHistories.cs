namespace Radiomics.Pipeline;

/// <summary>The histories of orchestrations, which lie in the host's storage and not in the product's.</summary>
public interface IHistories
{
    /// <summary>What is being worked on now.</summary>
    Task<UnderWay> UnderWayAsync(CancellationToken cancellation);

    /// <summary>Instances that have ended.</summary>
    IAsyncEnumerable<EndedInstance> EndedAsync(CancellationToken cancellation);

    /// <summary>Deletes the history of an instance that has ended; one that isn't there is none.</summary>
    Task DeleteAsync(string id, CancellationToken cancellation);
}

/// <summary>What is being worked on.</summary>
/// <param name="Uploads">Uploads of predictions that haven't ended.</param>
/// <param name="Predictions">The predictions.</param>
/// <param name="Centers">Their centers.</param>
public sealed record UnderWay(IReadOnlySet<string> Uploads, IReadOnlySet<string> Predictions, IReadOnlySet<string> Centers);

/// <summary>An instance that has ended.</summary>
/// <param name="Id">Instance id.</param>
/// <param name="Center">Its center.</param>
/// <param name="Ended">When it ended.</param>
public sealed record EndedInstance(string Id, string Center, DateTimeOffset Ended);
