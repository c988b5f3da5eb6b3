using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Triggers;

namespace Functions.Tests.Access;

/// <summary>The settings below <c>Radiomics__Auth</c>.</summary>
public sealed class AuthSettingsTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("Required", "Radiomics:Auth:Required=false", "WEBSITE_SITE_NAME=radiomics")]
    [InlineData("Required", "Radiomics:Auth:Required=false", "WEBSITE_INSTANCE_ID=0")]
    [InlineData("Audience", "Radiomics:Auth:Issuer=https://issuer.example/")]
    [InlineData("Issuer", "Radiomics:Auth:Issuer=http://issuer.example/", "Radiomics:Auth:Audience=a")]
    [InlineData("Issuer", "Radiomics:Auth:Issuer=issuer", "Radiomics:Auth:Audience=a")]
    [InlineData("EventsRole", "Radiomics:Auth:EventsRole=r")]
    [InlineData("ClientId", "Radiomics:Auth:ClientId=c")]
    [InlineData("ClientSecret", "Radiomics:Auth:ClientSecret=s")]
    [InlineData("PublicUrl", "Radiomics:Auth:PublicUrl=http://radiomics.example.org")]
    [InlineData("PublicUrl", "Radiomics:Auth:PublicUrl=https://radiomics.example.org/console")]
    [InlineData("PublicUrl", "Radiomics:Auth:PublicUrl=radiomics.example.org")]
    [InlineData("SigningKeys", "Radiomics:Auth:Issuer=https://issuer.example/", "Radiomics:Auth:Audience=a", "Radiomics:Auth:SigningKeys={\"keys\": []}")]
    [InlineData("SigningKeys", "Radiomics:Auth:Issuer=https://issuer.example/", "Radiomics:Auth:Audience=a", "Radiomics:Auth:SigningKeys=k")]
    public void What_cannot_be_ends_the_start_and_names_the_setting(string setting, params string[] settings)
    {
        var failure = Assert.Throws<SettingsException>(() => Services(settings));
        Assert.Equal($"Radiomics__Auth__{setting}", Assert.Single(failure.Faults).Name);
    }

    [Fact]
    public async Task Callers_are_asked_who_they_are_unless_a_setting_says_otherwise()
    {
        await using var closed = Services();
        await using var open = Services("Radiomics:Auth:Required=false");

        Assert.Equal(401, await StatusAsync(closed, null));
        Assert.Equal(200, await StatusAsync(open, null));
    }

    [Fact]
    public async Task The_issuer_is_asked_for_its_keys_if_no_setting_has_them()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        using var keys = new TokenIssuer("unused", TokenIssuer.Audience);
        server.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(new { issuer = $"http://{request.Host}", jwks_uri = $"http://{request.Host}/keys" }));
        server.MapGet("/keys", () => Results.Text(keys.KeySet, "application/json"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        var issuer = server.Urls.Single();

        await using var services = Services($"Radiomics:Auth:Issuer={issuer}", $"Radiomics:Auth:Audience={TokenIssuer.Audience}");
        var good = keys.Token(token => token.Issuer = issuer, "Center.A.Read");
        using var strangers = new TokenIssuer(issuer, TokenIssuer.Audience);

        Assert.Equal(200, await StatusAsync(services, good));
        Assert.Equal(401, await StatusAsync(services, strangers.Token("Center.A.Read")));
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_no_fault_of_who_shows_a_token()
    {
        const string Issuer = "http://127.0.0.1:9/";
        using var keys = new TokenIssuer(Issuer, TokenIssuer.Audience);
        await using var services = Services($"Radiomics:Auth:Issuer={Issuer}", $"Radiomics:Auth:Audience={TokenIssuer.Audience}");

        Assert.Equal(503, await StatusAsync(services, keys.Token("Center.A.Read")));
    }

    [Fact]
    public async Task Without_an_issuer_no_token_is_taken()
    {
        await using var services = Services();
        using var issuer = new TokenIssuer("https://issuer.example/", TokenIssuer.Audience);

        Assert.Equal(401, await StatusAsync(services, issuer.Token("Admin")));
    }

    [Fact]
    public async Task A_fault_of_the_gate_itself_is_a_problem_with_a_code()
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };

        var refusal = Assert.IsType<Microsoft.AspNetCore.Mvc.ContentResult>(await services.GetRequiredService<AccessGate>().RefuseAsync(http, "AFunctionWithoutARule", "A"));

        Assert.Equal(500, refusal.StatusCode);
        Assert.Contains("InternalFault", refusal.Content!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_once_what_is_known_of_it_is_too_old()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var store = new BlobStore(azurite.Blobs);
        await store.EnsureContainersAsync();
        var keys = new ApiKeyStore(store, TestAuditKey.Trail(store, clock), clock);
        var cache = new ApiKeyCache(keys, clock);
        var (key, _) = await keys.AddAsync("A", [Right.Read], "tests", null, "tests");

        Assert.NotNull(await cache.FindAsync(key.Reveal(), default));
        await keys.RevokeAsync(key.Id, "tests");
        Assert.Null(await new ApiKeyCache(keys, clock).FindAsync(key.Reveal(), default));
        clock.Advance(ApiKeyCache.Lifetime);
        Assert.Null(await cache.FindAsync(key.Reveal(), default));
    }

    [Fact]
    public async Task A_key_ends_when_it_was_to_end_though_it_was_shown_just_before()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var store = new BlobStore(azurite.Blobs);
        await store.EnsureContainersAsync();
        var keys = new ApiKeyStore(store, TestAuditKey.Trail(store, clock), clock);
        var cache = new ApiKeyCache(keys, clock);
        var (key, _) = await keys.AddAsync("A", [Right.Read], "tests", TimeSpan.FromSeconds(2), "tests");

        Assert.NotNull(await cache.FindAsync(key.Reveal(), default));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await cache.FindAsync(key.Reveal(), default));
    }

    private ServiceProvider Services(params string[] settings)
    {
        var all = settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], string? (pair) => pair[1]);
        all["RadiomicsStorage"] = azurite.ConnectionString;
        all["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes);
        all["Radiomics:Audit:KeyFile"] = TestAuditKey.File;
        if (all.Keys.Any(name => name.StartsWith("WEBSITE_", StringComparison.Ordinal)))
            all["Radiomics:Audit:Key"] = "https://x.vault.azure.net/keys/audit";
        return new ServiceCollection().AddLogging().AddApp(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).BuildServiceProvider();
    }

    // What the gate makes of a request for a model's card of center A; 200 if it lets it pass.
    private static async Task<int> StatusAsync(IServiceProvider services, string? token)
    {
        // As for each call: what is found out about one caller is held for a scope.
        await using var scope = services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        if (token is not null)
            http.Request.Headers.Authorization = $"Bearer {token}";
        return await services.GetRequiredService<AccessGate>().RefuseAsync(http, nameof(GetModelCard), "A") is Microsoft.AspNetCore.Mvc.ContentResult refusal
            ? refusal.StatusCode!.Value
            : (int)HttpStatusCode.OK;
    }
}
