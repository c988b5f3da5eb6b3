namespace LocalHost.Functions;

/// <summary>An HTTP request on its way to its function and back. Public, since the class that is made for the WebJobs SDK names it.</summary>
public sealed class HttpCall(HttpContext http, Func<HttpCall, HttpCallTarget, Task> forward)
{
    public HttpContext Http => http;

    /// <summary>There is no worker to answer.</summary>
    public bool WorkerIsGone { get; set; }

    /// <summary>Whether it may be sent a second time: it asks, and changes nothing.</summary>
    public bool IsRepeatable => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    /// <summary>Sends the request to the worker, and its answer back.</summary>
    public Task ForwardAsync(HttpCallTarget target) => forward(this, target);
}

/// <summary>Where a call goes.</summary>
/// <param name="Address">The worker's own web server.</param>
/// <param name="InvocationId">What matches the request with its invocation.</param>
/// <param name="Invocation">The invocation; it fails as the function does.</param>
public sealed record HttpCallTarget(Uri Address, string InvocationId, Task Invocation);
