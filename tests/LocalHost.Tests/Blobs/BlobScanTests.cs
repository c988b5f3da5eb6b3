using Radiomics;

namespace LocalHost.Tests.Blobs;

/// <summary>Blob triggers that scan their container, in an app that has such of events as well.</summary>
public class BlobScanTests(AzuriteFixture azurite, BlobScanTests.ScanningHost scanning) : IClassFixture<BlobScanTests.ScanningHost>
{
    private readonly string _prefix = SampleHost.NewName();

    private SampleHost App => scanning.App;

    [Fact]
    public async Task Content_comes_as_text_bytes_stream_or_client()
    {
        Assert.Equal(["note|text"], await TriggeredAsync("note.txt", "text", 1, "OnText", "note"));
        Assert.Equal(["4142"], await TriggeredAsync("data.bin", "AB", 1, "OnBytes"));
        Assert.Equal(["flow"], await TriggeredAsync("long.stream", "flow", 1, "OnStream"));
        Assert.Equal(["there.client|look"], await TriggeredAsync("there.client", "look", 1, "OnClient"));
    }

    [Fact]
    public async Task A_version_of_a_blob_triggers_once()
    {
        await TriggeredAsync($"{_prefix}.txt", "one", 1, "OnText", _prefix);
        await TriggeredAsync($"{_prefix}.txt", "two", 2, "OnText", _prefix);
        // A scan that finds what came later has looked at this one too.
        await TriggeredAsync($"{_prefix}-later.txt", "three", 1, "OnText", $"{_prefix}-later");
        Assert.Equal([$"{_prefix}|one", $"{_prefix}|two"], await App.Calls.OfAsync("OnText", _prefix + "|"));
    }

    [Fact]
    public async Task Five_failures_end_in_the_poison_queue()
    {
        await TriggeredAsync($"{_prefix}.txt", "bad", 1, "OnText", _prefix);
        var message = await PoisonQueue.MessageAsync(azurite, App.Name, $"{_prefix}.txt");
        Assert.Equal("Host.Functions.OnText", message.GetProperty("FunctionId").GetString());
        Assert.Equal(5, (await App.Calls.OfAsync("OnText", _prefix)).Count);
    }

    [Fact]
    public async Task Events_are_delivered_beside_the_scans()
    {
        await App.WriteAsync($"{_prefix}/x.zip", "by event");
        Assert.Equal([$"{_prefix}|x|by event"], await App.Calls.UntilAsync(1, "OnZip", _prefix));
    }

    /// <summary>
    /// Writes a blob and waits for the calls that it leads to. The SDK's scan goes by times to the second and now and then passes over a blob that is written
    /// while it looks; such a one is written again.
    /// </summary>
    private async Task<IReadOnlyList<string>> TriggeredAsync(string blob, string content, int count, string function, string beginning = "")
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await App.WriteAsync(blob, content);
            for (var look = 0; look < 600; look++)
            {
                if (await App.Calls.OfAsync(function, beginning) is var calls && calls.Count >= count)
                    return calls;
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        throw new TimeoutException($"{blob} never leads to a call of {function}.");
    }

    /// <summary>A host with the scanning functions on.</summary>
    public sealed class ScanningHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await SampleHost.StartAsync(azurite, with: ["OnText", "OnBytes", "OnStream", "OnClient"]);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
