namespace Radiomics.Pipeline;

/// <summary>The histories of orchestrations, which lie in the host's storage and not in the product's.</summary>
public interface IHistories
{
    /// <summary>What is being worked on now. An instance whose input can't be read has nothing that it could work on, and is none of these.</summary>
    Task<IReadOnlyList<RunningInstance>> UnderWayAsync(CancellationToken cancellation);

    /// <summary>Instances that have ended, but for those whose input can't be read.</summary>
    IAsyncEnumerable<EndedInstance> EndedAsync(CancellationToken cancellation);

    /// <summary>When an instance was started, ended or not; null if there is no history of it.</summary>
    Task<DateTimeOffset?> TryFindStartAsync(string id, CancellationToken cancellation);

    /// <summary>Deletes the history of an instance if that has ended. Returns whether none is left; false: the instance is at work, and its history stays.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellation);
}

/// <summary>An instance that hasn't ended.</summary>
/// <param name="Id">Instance id.</param>
/// <param name="Upload">The upload that a prediction is made of; null for anything else.</param>
/// <param name="Centers">Centers whose studies it may be about to read.</param>
/// <param name="Since">When it was started.</param>
/// <param name="IsSuspended">Whether somebody has suspended it.</param>
public sealed record RunningInstance(string Id, string? Upload, IReadOnlyList<string> Centers, DateTimeOffset Since, bool IsSuspended = false);

/// <summary>An instance that has ended.</summary>
/// <param name="Id">Instance id.</param>
/// <param name="Center">Its center.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Study">Mapped UID of the study that a wait was for; null for anything else.</param>
public sealed record EndedInstance(string Id, string Center, DateTimeOffset Ended, string? Study = null);
