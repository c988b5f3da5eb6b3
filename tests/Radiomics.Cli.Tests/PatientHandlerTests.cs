using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Radiomics.Cli.Client;

namespace Radiomics.Cli.Tests;

/// <summary>What a service that has no room answers is waited out, and the same sent again.</summary>
public sealed class PatientHandlerTests : IAsyncLifetime
{
    private readonly List<string> _bodies = [];
    private readonly WebApplication _web;
    private int _refusals;
    private string _retryAfter = "0";
    private int _status = StatusCodes.Status429TooManyRequests;

    public PatientHandlerTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.Run(AnswerAsync);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _web.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _web.DisposeAsync();

    [Theory]
    [InlineData("0")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    public async Task What_was_refused_is_sent_again_whole(string retryAfter)
    {
        (_refusals, _retryAfter) = (3, retryAfter);
        using var response = await SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["the study"], _bodies);
    }

    [Fact]
    public async Task A_refusal_that_asks_for_more_than_the_patience_is_the_answer()
    {
        (_refusals, _retryAfter) = (1, "3600");
        using var response = await SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("no room", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_else_is_sent_again()
    {
        (_refusals, _status) = (1, StatusCodes.Status503ServiceUnavailable);
        using var response = await SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(_bodies);
    }

    [Fact]
    public async Task A_body_is_not_sent_before_there_is_room_for_it()
    {
        _refusals = 2;
        var sent = 0;
        using var client = new HttpClient(new PatientHandler(TimeSpan.FromMinutes(1)));
        using var request = new HttpRequestMessage(HttpMethod.Post, _web.Urls.First()) { Content = new CountedContent(() => sent++), Headers = { ExpectContinue = true } };
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, sent);
    }

    private async Task<HttpResponseMessage> SendAsync(TimeSpan patience)
    {
        using var client = new HttpClient(new PatientHandler(patience));
        using var body = new StreamContent(new MemoryStream("the study"u8.ToArray()));
        return await client.PostAsync(_web.Urls.First(), body, Cancellation);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            http.Response.StatusCode = _status;
            http.Response.Headers.RetryAfter = _retryAfter;
            await http.Response.WriteAsync("no room");
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        _bodies.Add(await reader.ReadToEndAsync(Cancellation));
    }

    /// <summary>As much as a client holds back: less than a kilobyte it sends at once.</summary>
    private sealed class CountedContent(Action onSent) : HttpContent
    {
        private const int Bytes = 4096;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            onSent();
            return stream.WriteAsync(new byte[Bytes]).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Bytes;
            return true;
        }
    }
}
