using Microsoft.AspNetCore.Connections;

namespace LocalHost.Http;

/// <summary>The web server on loopback that callers see. It is bound first, since extensions ask for its address, and opens when the functions are ready.</summary>
internal sealed class PublicServer
{
    private readonly WebApplication _web;
    private readonly HostSettings _settings;
    private RequestDelegate? _open;

    public PublicServer(HostSettings settings)
    {
        _settings = settings;
        var builder = WebApplication.CreateSlimBuilder();
        // What goes wrong in a request is logged with its function; a port in use is told in one sentence.
        builder.Logging.ClearProviders();
        builder.Services.AddRouting().AddHttpForwarder();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBodySize;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, settings.Port);
        });
        _web = builder.Build();
        _web.UseStatusCodePages(Problems.WriteAsync).UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        _web.Run(ServeAsync);
        Forwarding = new HttpForwarding(_web.Services.GetRequiredService<IHttpForwarder>());
    }

    /// <summary>Where it listens, once it does.</summary>
    public Uri Address => new(_web.Urls.First());

    public HttpForwarding Forwarding { get; }

    /// <exception cref="HostStartException">Somebody else listens there.</exception>
    public async Task BindAsync(CancellationToken cancellation)
    {
        try
        {
            await _web.StartAsync(cancellation);
        }
        catch (Exception e) when (e is SocketException or IOException { InnerException: AddressInUseException })
        {
            var why = e is SocketException { SocketErrorCode: SocketError.AccessDenied } ? "may not be opened by this user" : "is in use";
            throw new HostStartException(HostStartException.Failed, $"Port {_settings.Port} on 127.0.0.1 {why}. Choose another with --port N (0 is any free one).");
        }
    }

    /// <summary>Begins to serve what is mapped.</summary>
    public void Open(Action<IEndpointRouteBuilder> map)
    {
        var pipeline = new ApplicationBuilder(_web.Services);
        pipeline.UseRouting();
        pipeline.UseEndpoints(map);
        _open = pipeline.Build();
    }

    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _web.StopAsync(patience.Token);
        await _web.DisposeAsync();
        Forwarding.Dispose();
    }

    private Task ServeAsync(HttpContext http)
    {
        // A web page that rebinds its own name to this machine must not reach functions that ask for no key.
        if (http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        else if (Origins.IsForeign(http.Request))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else if (_open is { } open)
            return open(http);
        else
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (StatusCodes.Status503ServiceUnavailable, "1");
        return Task.CompletedTask;
    }
}
