using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace EndToEnd.Tests.Faults;

/// <summary>Stands between the service and storage, and does to requests what a <see cref="Weather"/> says. The account's signatures are over paths, not over hosts, so that they hold here.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<int, int> _ports;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    private readonly WebApplication _server;
    private readonly Lock _gate = new();
    private readonly List<Weather> _weather = [];
    private CancellationTokenSource _up = new();
    private int _writes;
    private long _lastProgress = Environment.TickCount64;

    /// <param name="ports">The ports where it listens, each with the one of storage that it stands before.</param>
    public StorageProxy(IReadOnlyDictionary<int, int> ports)
    {
        _ports = ports;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var port in ports.Keys)
            {
                kestrel.Listen(IPAddress.Loopback, port);
            }

            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddHttpForwarder();
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>How many blobs of the product's have been written through it.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Since when nothing has moved: no blob of the product's written, no message put into a queue.</summary>
    public TimeSpan Idle => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _lastProgress));

    /// <summary>How long at most nothing moved before something did.</summary>
    public TimeSpan LongestPause { get; private set; }

    public Task StartAsync() => _server.StartAsync();

    /// <summary>Counts pauses from now on.</summary>
    public void ResetPauses()
    {
        Volatile.Write(ref _lastProgress, Environment.TickCount64);
        LongestPause = TimeSpan.Zero;
    }

    public void Begin(Weather weather)
    {
        lock (_gate)
        {
            _weather.RemoveAll(earlier => earlier.IsOver);
            _weather.Add(weather);
        }
    }

    /// <summary>Breaks all connections, and takes no request until <see cref="Open"/>.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _up.Cancel();
        }
    }

    public void Open()
    {
        lock (_gate)
        {
            _up.Dispose();
            _up = new CancellationTokenSource();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _server.DisposeAsync();
        _client.Dispose();
        _up.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        FaultStep? fault;
        CancellationToken up;
        lock (_gate)
        {
            fault = _weather.FirstOrDefault(weather => weather.Strikes(context.Request))?.Step;
            up = _up.Token;
        }

        using var closing = up.Register(context.Abort);
        if (up.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        var target = new Uri($"http://127.0.0.1:{_ports[context.Connection.LocalPort]}{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}");
        switch (fault?.Kind)
        {
            case FaultKind.StorageSlow:
                await Task.Delay(fault.Milliseconds, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ForwardAsync(context, target, null);
                break;
            case FaultKind.StorageBusy:
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "ServerBusy", "The server is busy.");
                break;
            case FaultKind.StorageThrottled:
                context.Response.Headers.RetryAfter = "1";
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "TooManyRequests", "There are too many requests.");
                break;
            case FaultKind.RequestLost:
                context.Abort();
                break;
            case FaultKind.WriteTorn:
                await SendHalfAsync(context.Request, target);
                context.Abort();
                break;
            default:
                await ForwardAsync(context, target, fault?.Kind);
                break;
        }
    }

    private async Task ForwardAsync(HttpContext context, Uri target, FaultKind? onAnswer)
    {
        var error = await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(
            context, target.GetLeftPart(UriPartial.Authority), _client, ForwarderRequestConfig.Empty, new Transformer(target, onAnswer));
        if (error != ForwarderError.None && onAnswer is null)
        {
            // Storage is gone or was interrupted: so is the connection, rather than an answer that storage never gives.
            context.Abort();
        }

        Note(context, target);
    }

    private void Note(HttpContext context, Uri target)
    {
        if (context.Response.StatusCode != StatusCodes.Status201Created)
        {
            return;
        }

        var path = target.AbsolutePath.Split('/');
        var isBlob = HttpMethods.IsPut(context.Request.Method) && path.Length > 3 && Containers.All.Contains(path[2]);
        if (isBlob)
        {
            Interlocked.Increment(ref _writes);
        }

        if (isBlob || target.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal))
        {
            lock (_gate)
            {
                LongestPause = Idle > LongestPause ? Idle : LongestPause;
                Volatile.Write(ref _lastProgress, Environment.TickCount64);
            }
        }
    }

    private static async Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
    }

    /// <summary>A request whose connection ends in the middle of its body.</summary>
    private static async Task SendHalfAsync(HttpRequest request, Uri target)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{request.Method} {target.PathAndQuery} HTTP/1.1\r\n");
        foreach (var (name, values) in request.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {values}\r\n");
        }

        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, target.Port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\n"));
            await stream.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length / 2));
            await stream.FlushAsync();
            // Read by storage before it ends.
            await Task.Delay(50);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Storage is gone as well.
        }
    }

    // The signature is over the address as it was sent.
    private sealed class Transformer(Uri target, FaultKind? fault) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = target;
        }

        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            var passes = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            if (fault == FaultKind.ReadTorn && proxyResponse is { IsSuccessStatusCode: true })
            {
                var body = await proxyResponse.Content.ReadAsByteArrayAsync(cancellationToken);
                await httpContext.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
                await httpContext.Response.Body.FlushAsync(cancellationToken);
            }

            if (fault is not null)
            {
                httpContext.Abort();
                return false;
            }

            return passes;
        }
    }
}
