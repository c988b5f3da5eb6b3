using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using LocalRuntime.Functions.Hosting;

namespace LocalRuntime.Functions.Tests.Hosting;

public class BlobTriggerTests(AzuriteFixture azurite)
{
    private readonly Calls _calls = new();
    private readonly string _name = TestApp.NewName();

    private BlobContainerClient Container => azurite.Blobs.GetBlobContainerClient(_name);

    [Fact]
    public async Task A_blob_triggers_once_per_version_and_not_again_after_a_restart()
    {
        await using (await StartAsync())
        {
            await WriteAsync("A/x.zip", "one");
            Assert.Equal("A|x|one", await _calls.NextAsync());
            await WriteAsync("A/x.zip", "two");
            Assert.Equal("A|x|two", await _calls.NextAsync());
        }
        await using (await StartAsync())
        {
            await WriteAsync("A/y.zip", "three");
            Assert.Equal("A|y|three", await _calls.NextAsync());
        }
        Assert.Equal(["A|x|one", "A|x|two", "A|y|three"], _calls.All);
    }

    [Fact]
    public async Task A_blob_written_while_no_host_runs_is_delivered_at_start()
    {
        await Container.CreateAsync();
        await WriteAsync("A/x.zip", "early");
        await using var app = await StartAsync();
        Assert.Equal("A|x|early", await _calls.NextAsync());
    }

    [Fact]
    public async Task Two_hosts_deliver_each_blob_once()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        for (var i = 0; i < 20; i++)
            await WriteAsync($"A/{i}.zip", "");
        var seen = new HashSet<string>();
        while (seen.Count < 20)
            seen.Add(await _calls.NextAsync());
        Assert.Equal(20, _calls.All.Count);
    }

    [Fact]
    public async Task Path_parameters_are_greedy()
    {
        await using var app = await StartAsync();
        await WriteAsync("A/sub/x.zip", "deep");
        Assert.Equal("A/sub|x|deep", await _calls.NextAsync());
    }

    [Fact]
    public async Task Content_comes_as_text_bytes_or_stream()
    {
        await using var app = await StartAsync();
        await WriteAsync("note.txt", "text");
        Assert.Equal("note|text", await _calls.NextAsync());
        await WriteAsync("data.bin", "AB");
        Assert.Equal("4142", await _calls.NextAsync());
        await WriteAsync("long.stream", "flow");
        Assert.Equal("flow", await _calls.NextAsync());
    }

    [Fact]
    public async Task Five_failures_end_in_the_poison_queue()
    {
        await using var app = await StartAsync();
        await WriteAsync("A/b.zip", "bad");
        var version = (await Container.GetBlobClient("A/b.zip").GetPropertiesAsync()).Value.ETag;
        var message = await PoisonOfAsync(_name);
        Assert.Equal("BlobTrigger", message.GetProperty("Type").GetString());
        Assert.Equal("Host.Functions.OnZip", message.GetProperty("FunctionId").GetString());
        Assert.Equal("BlockBlob", message.GetProperty("BlobType").GetString());
        Assert.Equal("A/b.zip", message.GetProperty("BlobName").GetString());
        Assert.Equal(version.ToString("H"), message.GetProperty("ETag").GetString());
        Assert.Equal(5, _calls.All.Count);
    }

    [Fact]
    public async Task A_receipt_names_no_file()
    {
        await using var app = await StartAsync();
        await WriteAsync("A/Miller_John.zip", "x");
        await _calls.NextAsync();
        var hosts = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        var receipts = new List<string>();
        await foreach (var blob in hosts.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"blobreceipts/{_name}/", TestContext.Current.CancellationToken))
            receipts.Add(blob.Name);
        Assert.Single(receipts);
        Assert.DoesNotContain("Miller", receipts[0]);
    }

    [Fact]
    public async Task A_delivery_that_killed_the_process_is_made_again()
    {
        await Container.CreateAsync();
        await WriteAsync("x.crash", "");
        using (var process = SampleProcess.Start(typeof(SampleCrash), "--port", "0", $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--AzureFunctionsWebHost:hostid={_name}", $"--Container={_name}"))
        {
            Assert.NotEqual(0, await process.ExitAsync());
        }
        await using var app = await TestApp.StartAsync(azurite, _name, _calls, [typeof(SampleCrash)]);
        for (var i = 0; i < 600 && !await Container.GetBlobClient("second.mark").ExistsAsync(); i++)
            await Task.Delay(100);
        Assert.True(await Container.GetBlobClient("second.mark").ExistsAsync());
    }

    [Theory]
    [InlineData("incoming/{center}/{name}.zip", "A/sub/x.zip", "A/sub,x")]
    [InlineData("incoming/{center}/{name}.zip", "A/x.zip.zip", "A,x.zip")]
    [InlineData("incoming/{center}/{name}.zip", "x.zip", null)]
    [InlineData("incoming/{center}/{name}.zip", "A/x.ZIP", null)]
    [InlineData("incoming/{name}", "a\nb", "a\nb")]
    [InlineData("incoming/fixed.txt", "fixed.txt", "")]
    [InlineData("incoming/fixed.txt", "fixed.txt2", null)]
    [InlineData("incoming", "anything/at/all", "")]
    public void Paths_match(string path, string blob, string? expected)
    {
        var parts = BlobPathPattern.Parse(path).Match(blob);
        Assert.Equal(expected, parts is null ? null : string.Join(",", parts.Values));
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(azurite, _name, _calls, [typeof(SampleBlobs)]);

    private Task WriteAsync(string name, string content) => Container.GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);

    /// <summary>The poison message about a container, waited for; messages about others stay.</summary>
    private async Task<JsonElement> PoisonOfAsync(string container)
    {
        var queue = new QueueClient(azurite.ConnectionString, "webjobs-blobtrigger-poison", new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05)
        {
            MessageEncoding = QueueMessageEncoding.Base64,
        });
        await queue.CreateIfNotExistsAsync();
        for (var i = 0; i < 300; i++)
        {
            foreach (var message in (await queue.PeekMessagesAsync(32)).Value)
            {
                var json = JsonDocument.Parse(message.Body).RootElement;
                if (json.GetProperty("ContainerName").GetString() == container)
                    return json;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("There is no poison message.");
    }
}
