using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Durable;

/// <summary>What the durable runtime says: ids, names and codes, never inputs or outputs.</summary>
internal static partial class DurableLogs
{
    [LoggerMessage(100, LogLevel.Information, "Orchestration {InstanceId} ({Name}) started.")]
    public static partial void OrchestrationStarted(this ILogger logger, string instanceId, string name);

    [LoggerMessage(101, LogLevel.Information, "Orchestration {InstanceId} ({Name}) ended: {Status}.")]
    public static partial void OrchestrationEnded(this ILogger logger, string instanceId, string name, string status);

    [LoggerMessage(102, LogLevel.Warning, "Orchestration {InstanceId} ({Name}) failed: {ErrorType}.")]
    public static partial void OrchestrationFailed(this ILogger logger, string instanceId, string name, string errorType);

    [LoggerMessage(103, LogLevel.Warning, "A turn of orchestration {InstanceId} was refused: another host has changed it since.")]
    public static partial void StaleTurn(this ILogger logger, string instanceId);

    [LoggerMessage(104, LogLevel.Warning, "A turn of orchestration {InstanceId} did not succeed and is tried again.")]
    public static partial void TurnFailed(this ILogger logger, Exception error, string instanceId);

    [LoggerMessage(105, LogLevel.Debug, "Orchestration {InstanceId} took a turn with {Count} new events.")]
    public static partial void TurnTaken(this ILogger logger, string instanceId, int count);

    [LoggerMessage(110, LogLevel.Information, "Activity {Name} (#{TaskId}) of {InstanceId} started.")]
    public static partial void ActivityStarted(this ILogger logger, string name, int taskId, string instanceId);

    [LoggerMessage(111, LogLevel.Information, "Activity {Name} (#{TaskId}) of {InstanceId} completed.")]
    public static partial void ActivityCompleted(this ILogger logger, string name, int taskId, string instanceId);

    [LoggerMessage(112, LogLevel.Warning, "Activity {Name} (#{TaskId}) of {InstanceId} failed: {ErrorType}.")]
    public static partial void ActivityFailed(this ILogger logger, string name, int taskId, string instanceId, string errorType);

    [LoggerMessage(113, LogLevel.Warning, "A work item could not be handled and is tried again.")]
    public static partial void WorkItemFailed(this ILogger logger, Exception error);

    [LoggerMessage(120, LogLevel.Warning, "The task hub could not read its storage and goes on trying.")]
    public static partial void PollFailed(this ILogger logger, Exception error);

    [LoggerMessage(121, LogLevel.Warning, "Activity #{TaskId} of {InstanceId} was lost from the queue and is put there again.")]
    public static partial void ActivityRequeued(this ILogger logger, int taskId, string instanceId);

    [LoggerMessage(122, LogLevel.Warning, "What this process holds can't be noted on this machine; if it is killed, the next one waits until that comes free.")]
    public static partial void NoClaims(this ILogger logger, Exception error);
}
