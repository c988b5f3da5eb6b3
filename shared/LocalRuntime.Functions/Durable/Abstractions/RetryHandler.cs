namespace Microsoft.DurableTask;

/// <summary>Decides after a failed attempt whether to call the task again.</summary>
/// <returns>True to call it again, at once.</returns>
public delegate bool RetryHandler(RetryContext retryContext);

/// <summary>Decides after a failed attempt whether to call the task again; may await durable timers before it answers.</summary>
/// <returns>True to call it again.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

/// <summary>What a retry handler knows about the attempts so far.</summary>
/// <param name="OrchestrationContext">The orchestration that made the call.</param>
/// <param name="LastAttemptNumber">How many attempts have failed.</param>
/// <param name="LastFailure">Why the last attempt failed.</param>
/// <param name="TotalRetryTime">Time since the first attempt, in orchestration time.</param>
/// <param name="CancellationToken">Never cancelled here.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
