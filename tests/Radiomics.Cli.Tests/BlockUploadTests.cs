using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Radiomics.Cli.Client;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

public sealed class BlockUploadTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly byte[] s_md5 = new byte[MD5.HashSizeInBytes];

    private readonly TemporaryFolder _folder = new();
    private readonly SentBlocks _sent = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(BlockUpload.BlockBytes, 1)]
    [InlineData(2 * BlockUpload.BlockBytes + 7, 3)]
    public async Task A_file_of_any_length_arrives_as_it_is(int length, int blocks)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var blob = NewBlob();
        var progress = new LastReport();

        await new BlockUpload(FileOf(content), MD5.HashData(content), Open(blob), progress).RunAsync(Cancellation);

        Assert.Equal(content, (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToArray());
        var properties = (await blob.GetPropertiesAsync(cancellationToken: Cancellation)).Value;
        Assert.Equal("application/zip", properties.ContentType);
        Assert.Equal(MD5.HashData(content), properties.ContentHash);
        Assert.Equal(blocks, _sent.Count);
        Assert.Equal(length, progress.Highest);
    }

    [Fact]
    public async Task An_upload_that_broke_off_goes_on_where_it_stopped()
    {
        var content = RandomNumberGenerator.GetBytes(6 * BlockUpload.BlockBytes);
        var (blob, path) = (NewBlob(), FileOf(content));
        _sent.BreakOffAfter = 3;
        await Assert.ThrowsAsync<IOException>(() => new BlockUpload(path, s_md5, Open(blob), null).RunAsync(Cancellation));
        var arrived = _sent.Count;
        _sent.BreakOffAfter = int.MaxValue;

        await new BlockUpload(path, s_md5, Open(blob), null).RunAsync(Cancellation);

        Assert.Equal(3, arrived);
        Assert.Equal(6, _sent.Count);
        Assert.Equal(content, (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToArray());
    }

    [Fact]
    public async Task What_another_file_left_under_the_name_is_not_taken_for_this_ones()
    {
        var content = RandomNumberGenerator.GetBytes(2 * BlockUpload.BlockBytes);
        var blob = NewBlob();
        await blob.StageBlockAsync(BlockUpload.IdOf(0, [1, 2, 3]), new MemoryStream([1, 2, 3]), cancellationToken: Cancellation);

        await new BlockUpload(FileOf(content), s_md5, Open(blob), null).RunAsync(Cancellation);

        Assert.Equal(content, (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToArray());
    }

    [Fact]
    public async Task Leave_that_is_about_to_end_is_asked_for_anew()
    {
        var blob = NewBlob();
        var asked = 0;
        var open = Open(blob);
        DateTimeOffset[] ends = [DateTimeOffset.UtcNow.AddMinutes(1), DateTimeOffset.UtcNow.AddHours(1)];

        await new BlockUpload(FileOf(new byte[3 * BlockUpload.BlockBytes]), s_md5, async token => (await open(token)) with { Until = ends[Math.Min(asked++, 1)] }, null).RunAsync(Cancellation);

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Submit_started_again_sends_only_what_is_missing()
    {
        var path = FileOf(RandomNumberGenerator.GetBytes(3 * BlockUpload.BlockBytes));
        using var study = await Study.OpenAsync(path, Cancellation);
        var store = (await azurite.AccountAsync()).Store;
        var half = store.Container(Containers.Incoming).GetBlockBlobClient($"A/{study.DefaultName}");
        var first = (await File.ReadAllBytesAsync(path, Cancellation))[..BlockUpload.BlockBytes];
        await half.StageBlockAsync(BlockUpload.IdOf(0, first), new MemoryStream(first), cancellationToken: Cancellation);

        var result = await CommandLine.RunAsync(new Dictionary<string, string> { ["RadiomicsStorage"] = azurite.ConnectionString }, "submit", path, "--center", "A", "--no-wait", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(study.Length, (await half.GetPropertiesAsync(cancellationToken: Cancellation)).Value.ContentLength);
        Assert.Empty(await store.StagedBlocksAsync(Containers.Incoming, $"A/{study.DefaultName}", Cancellation));
    }

    [Theory]
    [InlineData(1_000, 0, null)]
    [InlineData(90_000_001, 4, "StorageUnreachable")]
    public async Task Where_the_services_storage_cannot_be_reached_a_small_study_goes_through_the_service(int bytes, int exitCode, string? code)
    {
        using var service = new StandInService();
        var path = _folder.File("study.zip");
        using (var file = File.Create(path))
        {
            file.SetLength(bytes);
        }

        var result = await CommandLine.RunAsync("submit", path, "--center", "A", "--url", service.Url.AbsoluteUri, "--no-wait", "--json");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(code, result.Json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null);
        Assert.Equal(code is null ? [bytes] : [], service.Bodies);
        if (code is null)
        {
            Assert.Equal(StandInService.PredictionId, result.Json.GetProperty("id").GetString());
        }
    }

    private string FileOf(byte[] content)
    {
        var path = _folder.File($"{Guid.NewGuid():N}.zip");
        File.WriteAllBytes(path, content);
        return path;
    }

    private BlockBlobClient NewBlob()
    {
        var options = new BlobClientOptions(StorageClients.Version) { Retry = { MaxRetries = 0 } };
        options.AddPolicy(_sent, HttpPipelinePosition.PerCall);
        // Below a center that no host serves.
        return new BlobServiceClient(azurite.ConnectionString, options).GetBlobContainerClient(Containers.Incoming).GetBlockBlobClient($"nobody/{Guid.NewGuid():N}.zip");
    }

    private Func<CancellationToken, Task<BlockTarget>> Open(BlockBlobClient blob) => async token =>
    {
        var staged = await new BlobStore(new BlobServiceClient(azurite.ConnectionString, new BlobClientOptions(StorageClients.Version))).StagedBlocksAsync(Containers.Incoming, blob.Name, token);
        return new BlockTarget(blob, staged.Select(block => block.Name).ToHashSet(), Until: null);
    };

    private sealed class LastReport : IProgress<long>
    {
        private long _highest;

        public long Highest => _highest;

        public void Report(long value)
        {
            lock (this)
            {
                _highest = Math.Max(_highest, value);
            }
        }
    }

    /// <summary>Counts the blocks that are sent, and breaks the line once some have arrived.</summary>
    private sealed class SentBlocks : HttpPipelineSynchronousPolicy
    {
        private int _sent;
        private int _arrived;

        public int BreakOffAfter { get; set; } = int.MaxValue;

        public int Count => _arrived;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (IsBlock(message.Request) && Interlocked.Increment(ref _sent) > BreakOffAfter)
            {
                Assert.True(SpinWait.SpinUntil(() => _arrived == BreakOffAfter, TimeSpan.FromMinutes(1)));
                throw new IOException("The line broke.");
            }
        }

        public override void OnReceivedResponse(HttpMessage message)
        {
            if (IsBlock(message.Request))
            {
                Interlocked.Increment(ref _arrived);
            }
        }

        private static bool IsBlock(Request request) =>
            request.Method == RequestMethod.Put && request.Uri.Query.Contains("comp=block", StringComparison.Ordinal) && !request.Uri.Query.Contains("blocklist", StringComparison.Ordinal);
    }

    /// <summary>A service whose storage account lies in a network that isn't reached from here.</summary>
    private sealed class StandInService : IDisposable
    {
        public const string PredictionId = "p-00000000000000000000000000000001";

        private readonly HttpListener _listener = new();

        public StandInService()
        {
            using (var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                socket.Start();
                Url = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/");
            }

            _listener.Prefixes.Add(Url.AbsoluteUri);
            _listener.Start();
            _ = ServeAsync();
        }

        public Uri Url { get; }

        /// <summary>Lengths of the studies that came in requests' bodies.</summary>
        public ConcurrentQueue<int> Bodies { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext call;
                try
                {
                    call = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                var (status, answer) = Answer(call, (int)body.Length);
                call.Response.StatusCode = status;
                call.Response.Close(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer, RadiomicsJson.Options)), willBlock: false);
            }
        }

        private (int Status, object Answer) Answer(HttpListenerContext call, int length)
        {
            if (call.Request.Url!.AbsolutePath.EndsWith("/uploads", StringComparison.Ordinal))
            {
                return (200, new UploadGrant { Url = new Uri("http://127.0.0.1:1/account/incoming/A/x.zip?sig=x"), Blob = "A/x.zip", ExpiresAt = DateTimeOffset.UtcNow.AddHours(1), StagedBlocks = [] });
            }

            if (call.Request.ContentType == "application/zip")
            {
                Bodies.Enqueue(length);
                call.Response.Headers["Location"] = $"{call.Request.Url}/{PredictionId}";
                return (202, new { id = PredictionId });
            }

            return (404, new { code = "BlobNotFound", detail = "There is no such blob." });
        }
    }
}
