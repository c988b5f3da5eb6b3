using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics;

namespace LocalHost.Tests.Http;

public class KeyTests(AzuriteFixture azurite, KeyTests.GuardedHost guarded) : IClassFixture<KeyTests.GuardedHost>
{
    private const string Item = "/api/centers/A/items/1";

    private HttpClient Http => guarded.App.Http;

    [Fact]
    public async Task An_anonymous_function_needs_no_key() =>
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync("/api/Hello"));

    [Fact]
    public async Task A_function_key_is_asked_for()
    {
        using var refused = await Http.GetAsync(Item);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await HttpTests.ProblemAsync(refused, "KeyMissing");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Item + "?code=wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Item + "?code="));
    }

    [Fact]
    public async Task The_key_that_lies_in_storage_opens_as_parameter_and_as_header()
    {
        var key = (await KeysAsync()).GetProperty("functionKeys")[0].GetProperty("value").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Item + "?code=" + Uri.EscapeDataString(key)));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Item, key));
    }

    [Fact]
    public async Task The_key_of_the_settings_opens_too() => Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(Item, GuardedHost.Key));

    [Fact]
    public async Task The_management_endpoints_are_guarded_and_their_urls_bring_the_key_along()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Instances.Root + "/instances"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(Instances.Root + "/instances", GuardedHost.Key));
        var id = SampleHost.NewName();
        using var begun = await Http.PostAsJsonAsync($"/api/begin/Listen/{id}", new { Word = "", Times = 0, Seconds = 0.1 });
        var asked = await Http.GetFromJsonAsync<JsonElement>($"/api/ask/{id}");
        var url = asked.GetProperty("urls").EnumerateObject().Single(p => p.NameEquals("statusQueryGetUri") || p.NameEquals("StatusQueryGetUri")).Value.GetString()!;
        Assert.Contains("code=", url);
        Assert.Contains(await StatusOfAsync(url), new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
    }

    [Fact]
    public async Task Events_need_a_system_key()
    {
        using var refused = await EventGridDelivery.PostAsync(Http, "OnEvent", "Notification", EventGridDelivery.Events("T", SampleHost.NewName()));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var master = (await KeysAsync()).GetProperty("masterKey").GetProperty("value").GetString()!;
        using var accepted = await EventGridDelivery.PostAsync(
            Http, "OnEvent&code=" + Uri.EscapeDataString(master), "Notification", EventGridDelivery.Events("T", SampleHost.NewName()));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    /// <summary>The host sends its events to itself, keys or not.</summary>
    [Fact]
    public async Task Blob_events_arrive_none_the_less()
    {
        await guarded.App.WriteAsync("A/key.zip", "guarded");
        Assert.Equal(["A|key|guarded"], await guarded.App.Calls.UntilAsync(1, "OnZip"));
    }

    private async Task<HttpStatusCode> StatusOfAsync(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<JsonElement> KeysAsync()
    {
        var blob = azurite.Blobs.GetBlobContainerClient("azure-webjobs-secrets").GetBlobClient(guarded.App.Name + "/host.json");
        return JsonDocument.Parse((await blob.DownloadContentAsync()).Value.Content).RootElement;
    }

    /// <summary>A host that asks for keys.</summary>
    public sealed class GuardedHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public const string Key = "a-key-of-the-settings";

        public SampleHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await SampleHost.StartAsync(
            azurite, settings: new Dictionary<string, string?> { ["LocalHost__FunctionKey"] = Key }, args: "--enable-auth");

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
