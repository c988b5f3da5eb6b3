using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Sessions;

namespace Functions.Tests.Sessions;

/// <summary>The keys of cookies: in storage, for all instances of the service and for nobody else. On a storage account of its own.</summary>
public sealed class CookieKeyTests : IAsyncLifetime
{
    private static readonly RouteRule s_shows = RouteRule.Shows("prediction", "id");

    private readonly AzuriteFixture _azurite = new();
    private BlobStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        _store = new BlobStore(_azurite.Blobs);
        await _store.EnsureContainersAsync();
    }

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    [Fact]
    public async Task What_one_instance_makes_another_reads()
    {
        await using var first = new InstanceOfTheService(_azurite.ConnectionString);
        await using var second = new InstanceOfTheService(_azurite.ConnectionString);
        var (key, record) = await first.Services.GetRequiredService<ApiKeyStore>().AddAsync("A", [Right.Read, Right.Submit], "tests", null, "tests");
        var (token, cookies) = await first.TokenAsync(await first.SignInAsync(key.Reveal()));

        var page = await second.AskAsync(s_shows, cookies: cookies);
        var change = await second.AskAsync(RouteRule.Changes(Right.Submit), "POST", cookies, ("RequestVerificationToken", token));

        Assert.Equal((200, $"key:{record.Id}", 200), (page.Status, page.Caller?.Name, change.Status));
    }

    [Fact]
    public async Task Instances_that_start_at_the_same_time_agree_on_one_key()
    {
        var instances = Enumerable.Range(0, 6).Select(_ => new InstanceOfTheService(_azurite.ConnectionString)).ToList();

        var made = await Task.WhenAll(instances.Select(instance => Task.Run(() => Protector(instance).Protect("x"))));

        Assert.Single((await RingAsync()).Elements());
        foreach (var instance in instances)
        {
            Assert.All(made, text => Assert.Equal("x", Protector(instance).Unprotect(text)));
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Under_another_secret_nothing_is_read_and_nothing_is_lost()
    {
        await using var ours = new InstanceOfTheService(_azurite.ConnectionString);
        await using var theirs = new InstanceOfTheService(_azurite.ConnectionString, $"Radiomics:UidKey={Convert.ToBase64String(new byte[32])}");
        var (key, _) = await ours.Services.GetRequiredService<ApiKeyStore>().AddAsync("A", [Right.Read], "tests", null, "tests");
        var cookies = await ours.SignInAsync(key.Reveal());

        var refused = await theirs.AskAsync(s_shows, cookies: cookies);
        var admitted = await theirs.AskAsync(s_shows, cookies: await theirs.SignInAsync(key.Reveal()));
        await using var later = new InstanceOfTheService(_azurite.ConnectionString);
        var still = await later.AskAsync(s_shows, cookies: cookies);

        Assert.Equal((303, 200, 200), (refused.Status, admitted.Status, still.Status));
    }

    [Fact]
    public async Task Who_reads_storage_alone_finds_no_key()
    {
        await using var service = new InstanceOfTheService(_azurite.ConnectionString);
        Protector(service).Protect("x");

        var text = $"{await RingAsync()}";

        Assert.DoesNotContain("masterKey", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", text, StringComparison.Ordinal);
        Assert.Contains("sealed", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_write_to_storage_can_put_in_no_key()
    {
        // A ring that the framework would take as it is: without encryption, and valid from now on.
        var strangers = new ServiceCollection().AddDataProtection().SetApplicationName("radiomics").Services
            .AddOptions<KeyManagementOptions>().Configure(keys => keys.XmlRepository = new Written()).Services.BuildServiceProvider();
        var forged = strangers.GetDataProtector("tests").Protect("forged");
        var planted = ((Written)strangers.GetRequiredService<Microsoft.Extensions.Options.IOptions<KeyManagementOptions>>().Value.XmlRepository!).Elements;
        foreach (var ring in new[]
        {
            new XElement("ring", planted),
            new XElement("ring", planted.Select(key => new XElement("entry", $"{key}"))),
            new XElement("ring", planted.Select(key => new XElement("entry", new XAttribute("seal", new string('0', 64)), key.ToString(SaveOptions.DisableFormatting)))),
        })
        {
            await _store.Blob(Containers.CookieKeys, CookieKeyRing.Name).UploadAsync(new BinaryData($"{ring}"), overwrite: true);
            await using var service = new InstanceOfTheService(_azurite.ConnectionString);
            Assert.Throws<System.Security.Cryptography.CryptographicException>(() => Protector(service).Unprotect(forged));
            Assert.Equal("own", Protector(service).Unprotect(Protector(service).Protect("own")));
        }
    }

    [Fact]
    public async Task A_key_that_is_long_over_goes_when_the_next_is_made()
    {
        await using var service = new InstanceOfTheService(_azurite.ConnectionString);
        Protector(service).Protect("x");
        var first = (await RingAsync()).Elements().Single().Value;

        service.Services.GetRequiredService<IKeyManager>().CreateNewKey(service.Clock.GetUtcNow(), service.Clock.GetUtcNow().AddDays(300));
        var both = (await RingAsync()).Elements().Count();
        service.Clock.Advance(TimeSpan.FromDays(90 + 31));
        service.Services.GetRequiredService<IKeyManager>().CreateNewKey(service.Clock.GetUtcNow(), service.Clock.GetUtcNow().AddDays(90));

        Assert.Equal(2, both);
        Assert.DoesNotContain((await RingAsync()).Elements(), entry => entry.Value == first);
        Assert.Equal(2, (await RingAsync()).Elements().Count());
    }

    private static IDataProtector Protector(InstanceOfTheService service) => service.Services.GetDataProtector("tests");

    private async Task<XElement> RingAsync() => XElement.Parse((await _store.TryReadAsync(Containers.CookieKeys, CookieKeyRing.Name))!.Content.ToString());

    private sealed class Written : Microsoft.AspNetCore.DataProtection.Repositories.IXmlRepository
    {
        public List<XElement> Elements { get; } = [];

        public IReadOnlyCollection<XElement> GetAllElements() => Elements;

        public void StoreElement(XElement element, string friendlyName) => Elements.Add(element);
    }
}
