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
        await App.WriteAsync("note.txt", "text");
        await App.WriteAsync("data.bin", "AB");
        await App.WriteAsync("long.stream", "flow");
        await App.WriteAsync("there.client", "look");
        Assert.Equal(["note|text"], await App.Calls.UntilAsync(1, "OnText", "note"));
        Assert.Equal(["4142"], await App.Calls.UntilAsync(1, "OnBytes"));
        Assert.Equal(["flow"], await App.Calls.UntilAsync(1, "OnStream"));
        Assert.Equal(["there.client|look"], await App.Calls.UntilAsync(1, "OnClient"));
    }

    [Fact]
    public async Task A_version_of_a_blob_triggers_once()
    {
        await App.WriteAsync($"{_prefix}.txt", "one");
        await App.Calls.UntilAsync(1, "OnText", _prefix);
        await App.WriteAsync($"{_prefix}.txt", "two");
        await App.Calls.UntilAsync(2, "OnText", _prefix);
        // A scan that finds what came later has looked at this one too.
        await App.WriteAsync($"{_prefix}-later.txt", "three");
        await App.Calls.UntilAsync(1, "OnText", $"{_prefix}-later");
        Assert.Equal([$"{_prefix}|one", $"{_prefix}|two"], await App.Calls.OfAsync("OnText", _prefix + "|"));
    }

    [Fact]
    public async Task Five_failures_end_in_the_poison_queue()
    {
        await App.WriteAsync($"{_prefix}.txt", "bad");
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

    /// <summary>A host with the scanning functions on.</summary>
    public sealed class ScanningHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await SampleHost.StartAsync(azurite, with: ["OnText", "OnBytes", "OnStream", "OnClient"]);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
