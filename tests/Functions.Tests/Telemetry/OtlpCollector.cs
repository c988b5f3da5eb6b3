using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Functions.Tests.Telemetry;

/// <summary>An OpenTelemetry collector (OTLP over HTTP) that keeps what host and worker send.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = [];

    private OtlpCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(TakeAsync);
    }

    public string Endpoint => _server.Urls.Single();

    /// <summary>All that was said, as text as far as it is text.</summary>
    public string Everything => string.Concat(_received.Select(message => Encoding.UTF8.GetString(message.Body)));

    /// <summary>Spans: trace and name.</summary>
    internal IEnumerable<(string Trace, string Name)> Spans =>
        Messages("traces").SelectMany(message => message.At(1, 2, 2)).Select(span => (span.Hex(1), span.Text(5)));

    /// <summary>Attributes of a metric's points, whatever kind it is: gauge, sum or histogram.</summary>
    internal IEnumerable<Dictionary<string, string>> Points(string metric) => Messages("metrics")
        .SelectMany(message => message.At(1, 2, 2))
        .Where(found => found.Text(1) == metric)
        .SelectMany(found => found.At(5, 1).Concat(found.At(7, 1)).Select(point => point.Attributes(7)).Concat(found.At(9, 1).Select(point => point.Attributes(9))));

    /// <summary>Sentences of the log, with the category of each.</summary>
    internal IEnumerable<(string Category, string Sentence)> Log => Messages("logs")
        .SelectMany(message => message.At(1, 2))
        .SelectMany(scope => scope.At(2).Select(record => (string.Concat(scope.At(1).Select(of => of.Text(1))), string.Concat(record.At(5).Select(body => body.Text(1))))));

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._server.StartAsync();
        return collector;
    }

    /// <summary>Waits until something has been sent, which is some seconds after it happened.</summary>
    public static async Task<T> SeenAsync<T>(Func<T?> look, string what)
        where T : class
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (look() is { } seen)
                return seen;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The collector never got {what}.");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IEnumerable<OtlpMessage> Messages(string signal) => _received.Where(message => message.Signal == signal).Select(message => new OtlpMessage(message.Body));

    private async Task TakeAsync(HttpContext call)
    {
        var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        _received.Enqueue((call.Request.Path.Value!.Split('/')[^1], body.ToArray()));
        call.Response.ContentType = "application/x-protobuf";
    }
}
