namespace LocalHost.Http;

/// <summary>Sends requests on to the worker's web server, and its answers back, as they are.</summary>
internal sealed class HttpForwarding(IHttpForwarder forwarder) : IDisposable
{
    private static readonly ForwarderRequestConfig s_config = new()
    {
        // The function's own time limit holds, not this one.
        ActivityTimeout = TimeSpan.FromDays(1),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    /// <summary>Forwards a call.</summary>
    /// <exception cref="WorkerGoneException">The worker broke off before its answer began.</exception>
    public async Task SendAsync(HttpCall call, HttpCallTarget target)
    {
        var error = await forwarder.SendAsync(call.Http, target.Address.AbsoluteUri, _client, s_config, new ToInvocation(target), call.Ending);
        if (error != ForwarderError.None && !call.Ending.IsCancellationRequested && !call.Http.RequestAborted.IsCancellationRequested && !call.Http.Response.HasStarted)
        {
            // The function may have failed by itself; if not, its worker has gone.
            await target.Invocation.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!target.Invocation.IsFaulted)
                throw new WorkerGoneException();
        }
    }

    public void Dispose() => _client.Dispose();

    private sealed class ToInvocation(HttpCallTarget target) : HttpTransformer
    {
        private const string InvocationIdHeader = "x-ms-invocation-id";

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Remove(InvocationIdHeader);
            proxyRequest.Headers.Add(InvocationIdHeader, target.InvocationId);
            proxyRequest.Method = HttpMethods.IsHead(proxyRequest.Method.Method) ? HttpMethod.Get : proxyRequest.Method; // The worker knows its functions' methods only.
        }

        /// <summary>What the worker's server answers when a function throws is an empty success: only the invocation's end tells one from the other.</summary>
        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is { StatusCode: HttpStatusCode.OK } && proxyResponse.Content.Headers.ContentLength is 0)
            {
                await target.Invocation.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (target.Invocation.IsFaulted)
                    return false;
            }
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
