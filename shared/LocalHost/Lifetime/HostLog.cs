namespace LocalHost.Lifetime;

/// <summary>Every line that the host logs, and how it passes the worker's on: never a blob's name.</summary>
internal static partial class HostLog
{
    [LoggerMessage(100, LogLevel.Information, "Worker {ProcessId} started.")]
    public static partial void Started(ILogger logger, int processId);

    [LoggerMessage(101, LogLevel.Warning, "Worker {ProcessId} ended with code {Code}; another is started, and its work given back.")]
    public static partial void Ended(ILogger logger, int processId, int code);

    [LoggerMessage(102, LogLevel.Error, "The worker could not be started again: {Reason}")]
    public static partial void NotRestarted(ILogger logger, string reason);

    [LoggerMessage(103, LogLevel.Error, "The worker is replaced: {Reason}")]
    public static partial void Replaced(ILogger logger, string reason);

    [LoggerMessage(104, LogLevel.Information, "{Line}")]
    public static partial void Line(ILogger logger, string line);

    [LoggerMessage(200, LogLevel.Warning, "The container of the function {Function} could not be looked at ({Fault}); trying again.")]
    public static partial void LookFailed(ILogger logger, string function, string fault);

    [LoggerMessage(201, LogLevel.Information, "A blob is announced to the function {Function} once more: nothing came of its last event.")]
    public static partial void AnnouncedAgain(ILogger logger, string function);

    [LoggerMessage(202, LogLevel.Warning, "A blob could not be announced to the function {Function} ({Fault}); the others are, and it is tried again.")]
    public static partial void NotAnnounced(ILogger logger, string function, string fault);

    [LoggerMessage(203, LogLevel.Error, "A listener failed ({Fault}); all are started again.\n{Trace}")]
    public static partial void ListenerFailed(ILogger logger, string fault, string? trace);

    [LoggerMessage(204, LogLevel.Error, "The listeners could not be started again ({Fault}); trying again.")]
    public static partial void NotListening(ILogger logger, string fault);

    [LoggerMessage(205, LogLevel.Warning, "No storage answers at {Address}; waiting up to {Seconds} s for it.")]
    public static partial void WaitsForStorage(ILogger logger, string address, double seconds);

    /// <summary>Passes an entry of the worker's on, under its own category.</summary>
    public static void Write(ILoggerFactory loggers, RpcLog entry)
    {
        var logger = loggers.CreateLogger(entry.Category is { Length: > 0 } category ? category : "Worker");
        var level = (LogLevel)Math.Clamp(entry.Level, 0, (int)LogLevel.None);
        if (!logger.IsEnabled(level))
            return;
        var failure = entry.Exception is { } e ? $" {e.Type}{Environment.NewLine}{e.StackTrace}" : "";
        logger.Log(level, 0, entry.Message + failure, null, (text, _) => text);
    }
}
