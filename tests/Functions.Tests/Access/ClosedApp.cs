using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests.Access;

/// <summary>The app in a host of its own, on a storage account of its own, that asks callers who they are, as in Azure: function keys before, tokens or API keys behind.</summary>
public sealed class ClosedApp : IAsyncLifetime
{
    /// <summary>The role of Event Grid.</summary>
    public const string EventsRole = "AzureEventGridSecureWebhookSubscriber";

    private const string FunctionKey = "the-host-key-of-these-tests";

    private readonly AzuriteFixture _azurite = new();
    private HostProcess? _host;

    public BlobStore Store { get; private set; } = null!;

    public ApiKeyStore Keys { get; private set; } = null!;

    /// <summary>A client with the host's key, and nothing else.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Url => _host!.Url;

    /// <summary>All that it has logged so far.</summary>
    public string Log => _host!.Log;

    internal TokenIssuer Issuer { get; } = new("https://login.microsoftonline.com/00000000-0000-0000-0000-0000000000f1/v2.0", TokenIssuer.Audience);

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        Store = new BlobStore(_azurite.Blobs);
        await Store.EnsureContainersAsync();
        Keys = new ApiKeyStore(Store, TestAuditKey.Trail(Store), TimeProvider.System);
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
            ["RadiomicsStorage"] = _azurite.ConnectionString,
            ["Radiomics__UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            [TestAuditKey.Setting] = TestAuditKey.File,
            ["Radiomics__Audit__ReadSeconds"] = "1",
            ["Radiomics__Auth__Required"] = null,
            ["Radiomics__Auth__Issuer"] = Issuer.Issuer,
            ["Radiomics__Auth__Audience"] = TokenIssuer.Audience,
            ["Radiomics__Auth__SigningKeys"] = Issuer.KeySet,
            ["Radiomics__Auth__EventsRole"] = EventsRole,
            ["LocalHost__FunctionKey"] = FunctionKey,
        };
        _host = await HostProcess.StartAsync(HostProcess.BuildOf("functions"), settings, "--enable-auth");
        Http = new HttpClient { BaseAddress = _host.Url, DefaultRequestHeaders = { { "x-functions-key", FunctionKey } } };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Issuer.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    /// <summary>Sends a request in somebody's name.</summary>
    internal async Task<Answer> SendAsync(string method, string address, Credentials credentials, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = content };
        foreach (var (name, value) in credentials.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>A new API key.</summary>
    internal async Task<(string Text, string Id)> NewKeyAsync(string center, params Right[] rights)
    {
        var (key, record) = await Keys.AddAsync(center, rights, "tests", null, "tests");
        return (key.Reveal(), record.Id);
    }

    /// <summary>A center's audit events, in order.</summary>
    internal async Task<List<JsonNode>> EventsAsync(string center)
    {
        List<JsonNode> events = [];
        await foreach (var segment in Store.Container(Containers.Audit).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{center}/", default))
        {
            if (segment.Name.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                var text = (await Store.Blob(Containers.Audit, segment.Name).DownloadContentAsync()).Value.Content.ToString();
                events.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
            }
        }

        return events;
    }

    /// <summary>A zip as a body.</summary>
    internal static ByteArrayContent Zip(string content) =>
        new(System.Text.Encoding.UTF8.GetBytes(content)) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
}

/// <summary>What a caller shows.</summary>
internal sealed record Credentials(string Name, params (string Header, string Value)[] Headers)
{
    public static Credentials Token(string name, string token) => new(name, ("Authorization", $"Bearer {token}"));

    public static Credentials Key(string name, string key) => new(name, ("X-Api-Key", key));

    public override string ToString() => Name;
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Body, string Headers)
{
    /// <summary>Code of a problem, also of one that is a page; null if it is none.</summary>
    public string? Code => Body.StartsWith('{')
        ? (string?)JsonNode.Parse(Body)!["code"]
        : Regex.Match(Body, "<p class=\"code\">(\\w+)</p>") is { Success: true } page ? page.Groups[1].Value : null;

    /// <summary>The value of a header; null if it isn't there.</summary>
    public string? Header(string name) => Headers.Split('\n').FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    /// <summary>Whether the function was reached.</summary>
    public bool Reached => Status is not (401 or 403) and < 500 && Code is not ("CredentialsMissing" or "CredentialsInvalid" or "RightMissing" or "UnknownCenter");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        // All but the clock.
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), string.Join('\n', headers));
    }
}
