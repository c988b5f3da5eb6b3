using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline.Tests.Audit;

public sealed class AuditKeyTests : IDisposable
{
    private static readonly byte[] _digest = SHA256.HashData([1, 2, 3]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audit-key-");

    private string KeyFile => Path.Combine(_folder.FullName, "below", "audit-key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_is_made_once_for_its_user_alone()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LocalAuditKey.Open(KeyFile))));

        Assert.Single(keys.Select(key => key.Fingerprint).Distinct());
        Assert.Equal([KeyFile, $"{KeyFile}.lock"], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task A_key_that_was_replaced_goes_on_counting_for_what_it_has_signed()
    {
        var first = LocalAuditKey.Open(KeyFile);
        var (signer, signature) = await first.SignAsync(_digest);
        var second = LocalAuditKey.Rotate(KeyFile);
        LocalAuditKey.Rotate(KeyFile);

        var now = LocalAuditKey.Open(KeyFile);
        var known = await now.PublicKeysAsync();
        Assert.Equal([now.Fingerprint, second.Fingerprint, first.Fingerprint], known.Select(LocalAuditKey.FingerprintOf));
        Assert.True(AuditPublicKey.Read(signer).Verifies(_digest, signature));
        Assert.False(AuditPublicKey.Read(known[0]).Verifies(_digest, signature));
        Assert.DoesNotContain(first.Fingerprint, new[] { now.Fingerprint, second.Fingerprint });
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_file_that_holds_no_key_is_never_replaced(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, content);

        Assert.Throws<InvalidOperationException>(() => LocalAuditKey.Open(KeyFile));
        Assert.Throws<InvalidOperationException>(() => LocalAuditKey.Rotate(KeyFile));
        Assert.Equal(content, File.ReadAllText(KeyFile));
    }

    [Fact]
    public async Task A_vaults_key_signs_there_with_its_newest_version_and_all_versions_count()
    {
        using var vault = new Vault();
        var key = new VaultAuditKey(new Uri("https://x.vault.azure.net/keys/audit"), vault, vault);
        var (first, signature) = await key.SignAsync(_digest);
        vault.Rotate();
        var (second, _) = await key.SignAsync(_digest);

        Assert.True(AuditPublicKey.Read(first).Verifies(_digest, signature));
        Assert.NotEqual(first, second);
        Assert.Equal([second, first], await key.PublicKeysAsync());
        Assert.Equal("https://vault.azure.net/.default", Assert.Single(vault.Scopes.Distinct()));
        Assert.All(vault.Requests, request => Assert.EndsWith("api-version=7.4", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://x.vault.azure.net/keys/audit", true)]
    [InlineData("https://x.vault.azure.net/keys/audit/0123", false)]
    [InlineData("https://x.vault.azure.net/secrets/audit", false)]
    [InlineData("https://x.vault.azure.net/", false)]
    [InlineData("http://x.vault.azure.net/keys/audit", false)]
    public void The_address_of_a_vaults_key_has_a_form(string address, bool isOne) => Assert.Equal(isOne, VaultAuditKey.IsAddress(new Uri(address)));

    [Fact]
    public void In_Azure_a_vaults_key_must_be_set_and_elsewhere_a_file_does()
    {
        var azure = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["WEBSITE_SITE_NAME"] = "app" }).Build();
        var options = new AuditOptions { KeyFile = KeyFile };

        Assert.Throws<InvalidOperationException>(() => AuditKeys.Find(options, azure));
        Assert.Throws<InvalidOperationException>(() => AuditKeys.Find(options with { Key = new Uri("https://example.org") }, azure));
        Assert.IsType<VaultAuditKey>(AuditKeys.Find(options with { Key = new Uri("https://x.vault.azure.net/keys/audit") }, azure));
        Assert.IsType<LocalAuditKey>(AuditKeys.Find(options, new ConfigurationBuilder().Build()));
    }

    [Fact]
    public void A_signature_on_one_kind_of_thing_is_none_on_another() => Assert.NotEqual(AuditPublicKey.DigestOf("line", "x"), AuditPublicKey.DigestOf("head", "x"));

    /// <summary>Key Vault's REST API, as far as the product speaks it.</summary>
    private sealed class Vault : HttpPipelineTransport, IDisposable
    {
        private readonly List<(string Version, ECDsa Key)> _versions = [];
        private readonly TokenCredential _credential;

        public Vault()
        {
            _credential = DelegatedTokenCredential.Create((request, _) =>
            {
                Scopes.AddRange(request.Scopes);
                return new AccessToken("token", DateTimeOffset.MaxValue);
            });
            Rotate();
        }

        public List<string> Requests { get; } = [];

        public List<string> Scopes { get; } = [];

        public static implicit operator TokenCredential(Vault vault) => vault._credential;

        public void Rotate() => _versions.Add(($"v{_versions.Count + 1}", ECDsa.Create(ECCurve.NamedCurves.nistP256)));

        public void Dispose() => _versions.ForEach(version => version.Key.Dispose());

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            var request = message.Request;
            var path = request.Uri.ToUri().AbsolutePath;
            Requests.Add(request.Uri.ToString());
            Assert.True(request.Headers.TryGetValue("Authorization", out var token) && token == "Bearer token");
            using var body = new MemoryStream();
            if (request.Content is not null)
                await request.Content.WriteToAsync(body, default);
            message.Response = new Answer(JsonSerializer.SerializeToUtf8Bytes(path switch
            {
                "/keys/audit" => Describe(_versions[^1]),
                "/keys/audit/versions" => new { value = _versions.Select(version => new { kid = Id(version.Version) }), nextLink = (string?)null },
                _ when path.EndsWith("/sign", StringComparison.Ordinal) => Sign(path.Split('/')[3], JsonDocument.Parse(body.ToArray()).RootElement),
                _ => Describe(_versions.Single(version => version.Version == path.Split('/')[3])),
            }));
        }

        private static string Id(string version) => $"https://x.vault.azure.net/keys/audit/{version}";

        private object Describe((string Version, ECDsa Key) version)
        {
            var point = version.Key.ExportParameters(false).Q;
            return new
            {
                key = new { kid = Id(version.Version), kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) },
                attributes = new { created = _versions.IndexOf(version) },
            };
        }

        private object Sign(string version, JsonElement order)
        {
            Assert.Equal("ES256", order.GetProperty("alg").GetString());
            var digest = Base64Url.DecodeFromChars(order.GetProperty("value").GetString());
            return new { kid = Id(version), value = Base64Url.EncodeToString(_versions.Single(one => one.Version == version).Key.SignHash(digest)) };
        }

        private sealed class Answer(byte[] json) : Response
        {
            public override int Status => 200;

            public override string ReasonPhrase => "OK";

            public override Stream? ContentStream { get; set; } = new MemoryStream(json);

            public override string ClientRequestId { get; set; } = "";

            public override void Dispose()
            {
            }

            protected override bool ContainsHeader(string name) => false;

            protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

            protected override bool TryGetHeader(string name, out string value)
            {
                value = "";
                return false;
            }

            protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
            {
                values = [];
                return false;
            }
        }
    }
}
