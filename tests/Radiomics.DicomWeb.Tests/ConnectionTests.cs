using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Radiomics.DicomWeb.Tests;

/// <summary>What can go wrong on a connection, with the client's own transport.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private readonly WebApplication _app = App();
    private int _requests;
    private RequestDelegate _answer = _ => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _app.Run(http =>
        {
            Interlocked.Increment(ref _requests);
            return _answer(http);
        });
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_dies_in_the_middle_of_an_object_is_told_to_who_reads(bool saysLength)
    {
        var begun = new TaskCompletionSource();
        _answer = async http =>
        {
            await BeginAsync(http.Response, saysLength ? 10_000 : null);
            await begun.Task;
            http.Abort();
        };

        var refusal = await Refusal.OfAsync(async () =>
        {
            await foreach (var part in Client().RetrieveStudyAsync(FakeService.Study))
            {
                begun.SetResult();
                await part.Content.CopyToAsync(Stream.Null);
            }
        });

        Assert.Equal(("DicomServiceInterrupted", true), (refusal.Code, refusal.IsPassing));
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task A_server_that_falls_silent_in_the_middle_of_an_object_is_not_waited_for_forever()
    {
        _answer = async http =>
        {
            await BeginAsync(http.Response, null);
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var refusal = await Refusal.OfAsync(() => DrainAsync(Client(silence: TimeSpan.FromMilliseconds(300)).RetrieveStudyAsync(FakeService.Study)));

        Assert.Equal("DicomServiceInterrupted", refusal.Code);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unavailable()
    {
        _answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var refusal = await Refusal.OfAsync(Client(silence: TimeSpan.FromMilliseconds(100)).SearchStudiesAsync());

        Assert.Equal("DicomServiceUnavailable", refusal.Code);
        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _answer = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        var refusal = await Refusal.OfAsync(Client().SearchStudiesAsync());

        Assert.Equal(("DicomServiceRefused", 302), (refusal.Code, refusal.Status));
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unavailable()
    {
        var client = Client();
        await _app.StopAsync();

        Assert.Equal("DicomServiceUnavailable", (await Refusal.OfAsync(client.SearchStudiesAsync())).Code);
    }

    private static WebApplication App()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private static async Task BeginAsync(HttpResponse response, long? length)
    {
        response.ContentType = "multipart/related; type=\"application/dicom\"; boundary=b";
        response.ContentLength = length;
        await response.WriteAsync("--b\r\nContent-Type: application/dicom\r\n\r\nthe beginning");
        await response.Body.FlushAsync();
    }

    private static async Task DrainAsync(IAsyncEnumerable<DicomPart> parts)
    {
        await foreach (var part in parts)
            await part.Content.CopyToAsync(Stream.Null);
    }

    private DicomServiceClient Client(TimeSpan? silence = null)
    {
        var options = DicomServiceClientOptions.ForThisMachine();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = silence ?? TimeSpan.FromSeconds(60);
        return new(new Uri(_app.Urls.Single()), options);
    }
}
