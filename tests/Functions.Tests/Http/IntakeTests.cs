using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests.Http;

/// <summary>What the app has no room for is told to come again, before it is read: an app of its own, which lets five megabytes in.</summary>
public sealed class IntakeTests : IAsyncLifetime
{
    private const int Megabyte = 1 << 20;

    private readonly AzuriteFixture _azurite = new();
    private BlobStore _store = null!;
    private HostProcess? _host;
    private HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        _store = new BlobStore(_azurite.Blobs);
        await _store.EnsureContainersAsync();
        _host = await HostProcess.StartAsync(HostProcess.BuildOf("functions"), new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
            ["RadiomicsStorage"] = _azurite.ConnectionString,
            ["Radiomics__UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            ["Radiomics__Auth__Required"] = "false",
            [TestAuditKey.Setting] = TestAuditKey.File,
            ["Radiomics__Intake__BodyBytes"] = $"{5 * Megabyte}",
            ["Radiomics__Intake__MemoryBytes"] = $"{2 * Megabyte}",
            ["Radiomics__Intake__RetryAfterSeconds"] = "3",
        });
        _http = new HttpClient { BaseAddress = _host.Url };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    [Fact]
    public async Task Bodies_beyond_what_may_be_under_way_are_refused_unread_and_taken_once_there_is_room()
    {
        var (slow, first) = await BeginAsync();
        var refusal = await ProbeAsync();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1) && refusal.StatusCode == HttpStatusCode.BadRequest; refusal = await ProbeAsync())
        {
            refusal.Dispose();
            await Task.Delay(200, Cancellation);
            if (first.IsCompleted)
            {
                // The probe was there when it came, and had its room.
                (await first).Dispose();
                slow.Dispose();
                (slow, first) = await BeginAsync();
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal("3", Assert.Single(refusal.Headers.GetValues("Retry-After")));
        Assert.Equal("application/problem+json", refusal.Content.Headers.ContentType?.MediaType);
        Assert.Equal("ServiceBusy", (await ProblemAsync(refusal)).GetProperty("code").GetString());

        // Twenty at once, by clients that ask first: none has to send anything.
        HeldContent[] burst = [.. Enumerable.Range(10, 20).Select(n => HeldContent.Free(Noise(n, 3 * Megabyte)))];
        foreach (var answer in await Task.WhenAll(burst.Select(body => SendAsync(body, asksFirst: true))))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        Assert.All(burst, body => Assert.False(body.Begun.IsCompleted));

        // Clients that just send get the answer, too.
        foreach (var answer in await Task.WhenAll(Enumerable.Range(40, 8).Select(n => SendAsync(HeldContent.Free(Noise(n, 3 * Megabyte))))))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        // What else is asked isn't held up by studies.
        using (var named = await _http.PostAsync("/api/centers/A/predictions", new StringContent("{\"blob\": \"A/never.zip\"}", Encoding.UTF8, "application/json"), Cancellation))
        {
            Assert.Equal(HttpStatusCode.NotFound, named.StatusCode);
        }

        // A cohort that may be as long as cohorts are is more than the memory that is set, but comes in alone.
        using (var cohort = new HttpRequestMessage(HttpMethod.Put, "/api/centers/A/cohorts/alone") { Content = new StringContent("studyUid,label\n1.2.3,1\n", Encoding.UTF8, "text/csv") })
        {
            cohort.Headers.TransferEncodingChunked = true;
            using var answer = await _http.SendAsync(cohort, Cancellation);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        slow.Release();
        using var accepted = await first;
        slow.Dispose();
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        using var next = await SendAsync(HeldContent.Free(Noise(10, 3 * Megabyte)));
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);

        // Nothing of what was refused is kept, and the log isn't filled by it.
        Assert.Equal(2, await CountAsync(Containers.Requests));
        Assert.Equal(2, await CountAsync(Containers.Uploads));
        Assert.Single(_host!.Log.Split('\n'), line => line.Contains("Requests with bodies are refused", StringComparison.Ordinal));
    }

    private async Task<(HeldContent Content, Task<HttpResponseMessage> Answer)> BeginAsync()
    {
        // It asks first, so that it is sent when it has been let in, or has waited for a second.
        var content = new HeldContent(Noise(1, 4 * Megabyte));
        var answer = SendAsync(content, asksFirst: true);
        await Task.WhenAny(content.Begun, answer);
        return (content, answer);
    }

    /// <summary>Asks for more room than is left beside the slow one; until that has been let in, it is let in itself, and is none of those that are kept.</summary>
    private Task<HttpResponseMessage> ProbeAsync() => SendAsync(HeldContent.Free(Noise(2, Megabyte + 2048)), asksFirst: true, digest: "AAAAAAAAAAAAAAAAAAAAAA==");

    private Task<HttpResponseMessage> SendAsync(HttpContent body, bool asksFirst = false, string? digest = null)
    {
        body.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        if (digest is not null)
        {
            body.Headers.Add("Content-MD5", digest);
        }

        return _http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/centers/A/predictions") { Content = body, Headers = { ExpectContinue = asksFirst } }, Cancellation);
    }

    private async Task<int> CountAsync(string container)
    {
        var count = 0;
        await foreach (var blob in _store.Container(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, "", Cancellation))
        {
            count += blob.Name.Contains("by-", StringComparison.Ordinal) ? 0 : 1;
        }

        return count;
    }

    private static byte[] Noise(int seed, int length)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;

    /// <summary>A body whose second half comes only once it may.</summary>
    private sealed class HeldContent(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when its first half has been sent.</summary>
        public Task Begun => _begun.Task;

        public static HeldContent Free(byte[] bytes)
        {
            var content = new HeldContent(bytes);
            content.Release();
            return content;
        }

        public void Release() => _released.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), Cancellation);
            await stream.FlushAsync(Cancellation);
            _begun.TrySetResult();
            await _released.Task.WaitAsync(Cancellation);
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
