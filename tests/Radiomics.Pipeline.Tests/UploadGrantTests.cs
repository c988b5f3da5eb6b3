using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Radiomics.Pipeline.Tests;

/// <summary>
/// Leave to upload from an account that has no keys, as in Azure: an Azurite of its own, with TLS and tokens in place of keys. It hands out keys for signing, but knows the
/// form of such signatures only up to version 2025-07-05 of the service, and the client library signs by a newer one: what the address allows is read from it here, and tried
/// with signatures by the account's key in Functions.Tests.
/// </summary>
public sealed class UploadGrantTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("azurite-oauth-");
    private Process? _azurite;
    private Uri? _blobs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Trusts the certificate of this machine's Azurite, whoever signed it.</summary>
    private static BlobClientOptions Options => new(StorageClients.Version)
    {
        Transport = new HttpClientTransport(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }),
    };

    private Uri Account => new(_blobs!, "devstoreaccount1");

    public async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_folder.FullName, "certificate.pem"), Path.Combine(_folder.FullName, "key.pem"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        (_azurite, var endpoints) = await AzuriteFixture.StartAsync(
            "dist/src/blob/main.js", 1,
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", _folder.FullName, "--blobPort", "0",
            "--oauth", "basic", "--cert", certificateFile, "--key", keyFile);
        _blobs = endpoints["Blob"];
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            _azurite.Kill(entireProcessTree: true);
            await _azurite.WaitForExitAsync(CancellationToken.None);
            _azurite.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_key_of_the_account_an_address_is_signed_under_the_apps_identity()
    {
        var store = new BlobStore(new BlobServiceClient(Account, new SomebodysToken(), Options));
        var grant = await new UploadGrants(store, new AuditTrail(store, Tests.Account.AuditKey, TimeProvider.System), TimeProvider.System).GrantAsync("A", "x.zip", "somebody", Cancellation);

        var signed = HttpUtility.ParseQueryString(grant.Url.Query);
        Assert.Equal($"{Account}/incoming/A/x.zip", grant.Url.GetLeftPart(UriPartial.Path));
        Assert.Equal(("cw", "b", "https", SomebodysToken.ObjectId), (signed["sp"], signed["sr"], signed["spr"], signed["skoid"]));
        Assert.NotEmpty(signed["sig"]!);
        Assert.Equal(grant.ExpiresAt.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), signed["se"]);
    }

    /// <summary>A token as Entra ID would give it; Azurite looks at everything in it but its signature.</summary>
    private sealed class SomebodysToken : TokenCredential
    {
        public const string ObjectId = "23657296-5cd5-45b0-a809-d972a7f4dfe1";

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            var now = DateTimeOffset.UtcNow;
            var claims = new Dictionary<string, object>
            {
                ["aud"] = "https://storage.azure.com",
                ["iss"] = "https://sts.windows.net/dd0d0df1-06c3-436c-8034-4b9a153097ce/",
                ["iat"] = now.ToUnixTimeSeconds(),
                ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
                ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
                ["oid"] = ObjectId,
                ["tid"] = "dd0d0df1-06c3-436c-8034-4b9a153097ce",
            };
            return new AccessToken($"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.{Part("signature")}", now.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));

        private static string Part<T>(T value) => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }
}
