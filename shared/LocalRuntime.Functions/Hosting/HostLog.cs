using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>What the host logs. No line holds a payload, a blob's name or, below Debug, an exception's message.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "Executing 'Functions.{Function}' (Id={InvocationId})")]
    public static partial void Executing(ILogger logger, string function, string invocationId);

    [LoggerMessage(2, LogLevel.Information, "Executed 'Functions.{Function}' (Succeeded, Id={InvocationId}, Duration={Milliseconds}ms)")]
    public static partial void Succeeded(ILogger logger, string function, string invocationId, long milliseconds);

    [LoggerMessage(3, LogLevel.Error, "Executed 'Functions.{Function}' (Failed, Id={InvocationId}, Duration={Milliseconds}ms): {Error}{StackTrace}")]
    public static partial void Failed(ILogger logger, string function, string invocationId, long milliseconds, string error, string? stackTrace);

    [LoggerMessage(4, LogLevel.Debug, "Failure of 'Functions.{Function}' (Id={InvocationId})")]
    public static partial void FailedBecause(ILogger logger, Exception exception, string function, string invocationId);

    [LoggerMessage(10, LogLevel.Error, "A blob of 'Functions.{Function}' failed {Attempts} times; a message is in the queue {Queue}")]
    public static partial void Poisoned(ILogger logger, string function, int attempts, string queue);

    [LoggerMessage(11, LogLevel.Warning, "The container of 'Functions.{Function}' could not be read ({Error}); trying again")]
    public static partial void PollFailed(ILogger logger, string function, string error);

    [LoggerMessage(12, LogLevel.Warning, "The delivery of a blob to 'Functions.{Function}' could not be recorded ({Error}); it will be delivered again")]
    public static partial void DeliveryFailed(ILogger logger, string function, string error);

    [LoggerMessage(20, LogLevel.Information, "The next occurrence of 'Functions.{Function}' is at {Next:o}")]
    public static partial void NextOccurrence(ILogger logger, string function, DateTimeOffset next);

    [LoggerMessage(21, LogLevel.Warning, "The schedule of 'Functions.{Function}' could not be kept ({Error}); trying again")]
    public static partial void ScheduleFailed(ILogger logger, string function, string error);

    [LoggerMessage(30, LogLevel.Information, "The process {ParentPid} is gone; stopping")]
    public static partial void ParentGone(ILogger logger, int parentPid);
}
