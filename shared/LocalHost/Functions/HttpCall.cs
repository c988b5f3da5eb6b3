namespace LocalHost.Functions;

/// <summary>An HTTP request on its way to its function and back. Public, since the class that is made for the WebJobs SDK names it.</summary>
public sealed class HttpCall(HttpContext http, Func<HttpCall, HttpCallTarget, Task> forward)
{
    private readonly CancellationTokenSource _ending = new();
    private Task _forwarding = Task.CompletedTask;

    public HttpContext Http => http;

    /// <summary>Cancelled when there is nobody to forward for any more.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Its worker has gone, or was long in coming.</summary>
    public bool LostItsWorker { get; set; }

    /// <summary>Whether it may be sent a second time: it asks, and changes nothing.</summary>
    public bool IsRepeatable => Reads(http.Request.Method);

    /// <summary>Whether a method only reads.</summary>
    internal static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>Sends the request to the worker, and its answer back.</summary>
    /// <exception cref="OperationCanceledException">There is nobody to do it for any more.</exception>
    public Task ForwardAsync(HttpCallTarget target)
    {
        lock (_ending)
        {
            _ending.Token.ThrowIfCancellationRequested();
            return _forwarding = forward(this, target);
        }
    }

    /// <summary>Has the forwarding end before the request does: a function that ran out of time leaves it behind, and the server uses the request's parts again.</summary>
    public async Task EndAsync()
    {
        lock (_ending)
            _ending.Cancel();
        await _forwarding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>Where a call goes: the worker's own web server, what matches the request with its invocation, and the invocation, which fails as the function does.</summary>
public sealed record HttpCallTarget(Uri Address, string InvocationId, Task Invocation);
