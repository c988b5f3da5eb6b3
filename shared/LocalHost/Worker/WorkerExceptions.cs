namespace LocalHost.Worker;

/// <summary>A function failed in the worker.</summary>
/// <remarks>The text's form is a convention: the Durable extension takes the worker's failure details out of it, as it does out of the real host's.</remarks>
internal sealed class FunctionFailedException(RpcException? failure)
    : Exception($"Result: Failure\nException: {failure?.Message}\nStack: {failure?.StackTrace}")
{
    /// <summary>The type of what was thrown, where the worker says it.</summary>
    public string? WorkerType => failure?.Type is { Length: > 0 } type ? type : null;

    public string? WorkerStackTrace => failure?.StackTrace;
}

/// <summary>The worker is gone, or doesn't come.</summary>
/// <remarks>The text is a convention: on reading it the Durable extension gives the work item back to its queue, instead of failing it.</remarks>
internal sealed class WorkerGoneException()
    : InvalidOperationException("Did not find any initialized language workers: the worker process has ended; what it was doing is given back.");
