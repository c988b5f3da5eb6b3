using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;
using Radiomics;

namespace LocalHost.Tests.Blobs;

/// <summary>Blob triggers that Event Grid tells of what came, as in the product; here it is the host that watches and tells.</summary>
public class BlobEventTests(AzuriteFixture azurite, SharedHost shared) : OnSharedHost(azurite, shared)
{
    private readonly AzuriteFixture _azurite = azurite;

    /// <summary>A folder that no other test writes into.</summary>
    private readonly string _folder = SampleHost.NewName();

    [Fact]
    public async Task A_blob_triggers_once_per_version()
    {
        await App.WriteAsync($"{_folder}/x.zip", "one");
        await App.Calls.UntilAsync(1, "OnZip", _folder);
        await App.WriteAsync($"{_folder}/x.zip", "two");
        await App.Calls.UntilAsync(2, "OnZip", _folder);
        await App.ScannedAsync();
        Assert.Equal([$"{_folder}|x|one", $"{_folder}|x|two"], await App.Calls.OfAsync("OnZip", _folder));
    }

    [Fact]
    public async Task Many_blobs_trigger_once_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => App.WriteAsync($"{_folder}/{i}.zip", "")));
        await App.Calls.UntilAsync(30, "OnZip", _folder);
        await App.ScannedAsync();
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{_folder}|{i}|").Order(), (await App.Calls.OfAsync("OnZip", _folder)).Order());
    }

    [Fact]
    public async Task Path_parameters_are_greedy()
    {
        await App.WriteAsync($"{_folder}/sub/x.zip", "deep");
        Assert.Equal([$"{_folder}/sub|x|deep"], await App.Calls.UntilAsync(1, "OnZip", _folder));
    }

    [Fact]
    public async Task A_mark_that_closes_a_folder_triggers_too()
    {
        await App.WriteAsync($"{_folder}/_ready", "all there");
        Assert.Equal([$"{_folder}|all there"], await App.Calls.UntilAsync(1, "OnReady", _folder));
        Assert.Empty(await App.Calls.OfAsync("OnZip", _folder));
    }

    [Fact]
    public async Task Only_a_zip_or_a_mark_costs_an_event()
    {
        await App.WriteAsync($"{_folder}.data", "A");
        await App.ScannedAsync();
        Assert.Empty(await App.Calls.OfAsync("OnData", _folder));
    }

    [Fact]
    public async Task Five_failures_end_in_the_poison_queue()
    {
        await App.WriteAsync($"{_folder}/b.zip", "bad");
        var version = (await App.Container.GetBlobClient($"{_folder}/b.zip").GetPropertiesAsync()).Value.ETag;
        var message = await PoisonQueue.MessageAsync(_azurite, App.Name, $"{_folder}/b.zip");
        Assert.Equal("Host.Functions.OnZip", message.GetProperty("FunctionId").GetString());
        Assert.Equal(version.ToString("H"), message.GetProperty("ETag").GetString());
        await App.ScannedAsync();
        Assert.Equal(5, (await App.Calls.OfAsync("OnZip", $"{_folder}|b|")).Count);
    }

    /// <summary>As in Azure, where Event Grid delivers at least once: the function must be able to bear it.</summary>
    [Fact]
    public async Task A_doubled_event_is_a_doubled_call()
    {
        var blob = await WriteDataAsync("AB");
        var version = (await blob.GetPropertiesAsync()).Value.ETag;
        await BlobEventDelivery.TellAsync(App, "OnData", blob, version);
        await BlobEventDelivery.TellAsync(App, "OnData", blob, version);
        Assert.Equal([$"{_folder}|4142", $"{_folder}|4142"], await App.Calls.UntilAsync(2, "OnData", _folder));
    }

    [Fact]
    public async Task A_late_event_finds_the_blob_as_it_is_now()
    {
        var blob = await WriteDataAsync("A");
        var version = (await blob.GetPropertiesAsync()).Value.ETag;
        await WriteDataAsync("B");
        await BlobEventDelivery.TellAsync(App, "OnData", blob, version);
        Assert.Equal([$"{_folder}|42"], await App.Calls.UntilAsync(1, "OnData", _folder));
    }

    [Fact]
    public async Task An_event_of_a_blob_that_is_gone_is_passed_over()
    {
        var gone = await WriteDataAsync("A");
        var version = (await gone.GetPropertiesAsync()).Value.ETag;
        await gone.DeleteAsync();
        await BlobEventDelivery.TellAsync(App, "OnData", gone, version);
        var there = App.Container.GetBlobClient($"{_folder}-other.data");
        await there.UploadAsync(BinaryData.FromString("C"));
        await BlobEventDelivery.TellAsync(App, "OnData", there, (await there.GetPropertiesAsync()).Value.ETag);
        Assert.Equal([$"{_folder}-other|43"], await App.Calls.UntilAsync(1, "OnData", _folder));
    }

    [Fact]
    public async Task A_subscription_of_blob_events_is_validated()
    {
        const string body = """[{"id":"1","topic":"t","subject":"","data":{"validationCode":"code-8"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-01-01T00:00:00Z","dataVersion":"1"}]""";
        using var answer = await EventGridDelivery.PostAsync(App.Http, "blobs", "Host.Functions.OnZip", "SubscriptionValidation", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("code-8", await answer.Content.ReadAsStringAsync());
    }

    private async Task<BlobClient> WriteDataAsync(string content)
    {
        var blob = App.Container.GetBlobClient($"{_folder}.data");
        await blob.UploadAsync(BinaryData.FromString(content), overwrite: true);
        return blob;
    }
}
