using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>Where else anchors go: a second account, and a timestamp authority.</summary>
public sealed class AuditAnchoringTests(AuditedAccount account) : IClassFixture<AuditedAccount>
{
    [Fact]
    public async Task A_second_account_keeps_what_the_first_has_lost()
    {
        await account.RestoreAsync();
        await using var azurite = new Started();
        var other = await azurite.StoreAsync();
        await RunAsync(new SecondAnchors(other), new AuditOptions());
        var earlier = await account.SnapshotAsync();
        await account.GoOnAsync(1);
        await RunAsync(new SecondAnchors(other), new AuditOptions());
        Assert.All(await account.VerifyAsync(second: other), trail => Assert.Empty(trail.Findings));

        // Everything in the first account is what it was before, and fits together.
        await account.RestoreAsync(earlier);
        Assert.All(await account.VerifyAsync(), trail => Assert.True(trail.Intact));
        Assert.Equal(
            [AuditReasons.AnchorMissing, AuditReasons.AnchoredLineMissing],
            (await account.VerifyAsync(second: other)).Single(trail => trail.Center == "A").Findings.Select(finding => finding.Reason).Order(StringComparer.Ordinal));

        // Everything in the first account is gone.
        await new Thief(account).DeleteAsync("");
        Assert.Equal([AuditReasons.NoTrail, AuditReasons.NoTrail, AuditReasons.NoTrail], (await account.VerifyAsync(second: other)).Select(trail => trail.BrokenAt!.Reason));
    }

    [Fact]
    public async Task A_place_that_does_not_answer_keeps_nothing_else_from_being_anchored()
    {
        await account.RestoreAsync();
        await account.GoOnAsync(1);
        var away = new BlobStore(new Azure.Storage.Blobs.BlobServiceClient("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a", new() { Retry = { MaxRetries = 0 } }));
        using var authority = await Authority.StartAsync();

        await Assert.ThrowsAsync<AggregateException>(() => RunAsync(new SecondAnchors(away), new AuditOptions { TimestampAuthority = authority.Address }));

        Assert.All(await account.VerifyAsync(), trail => Assert.True(trail.Intact));
    }

    [Fact]
    public async Task A_timestamp_of_the_newest_anchor_is_kept_beside_it_and_checked()
    {
        await account.RestoreAsync();
        using var authority = await Authority.StartAsync();
        await RunAsync(new SecondAnchors(null), new AuditOptions { TimestampAuthority = authority.Address });
        await RunAsync(new SecondAnchors(null), new AuditOptions { TimestampAuthority = authority.Address });

        var trails = await account.VerifyAsync();
        Assert.Equal(3, authority.Asked);
        Assert.All(trails, trail => Assert.True(trail is { Intact: true, Timestamps: 1 }));
        Assert.All(trails, trail => Assert.Equal(authority.CertificateSha256, Assert.Single(trail.TimestampCertificates)));
    }

    [Fact]
    public async Task A_timestamp_of_something_else_or_of_before_is_found()
    {
        foreach (var (back, foreign) in new[] { (TimeSpan.Zero, true), (TimeSpan.FromDays(60), false) })
        {
            await account.RestoreAsync();
            using var authority = await Authority.StartAsync(back);
            await RunAsync(new SecondAnchors(null), new AuditOptions { TimestampAuthority = authority.Address });
            if (foreign)
            {
                var (a, b) = (await TimestampAsync("A"), await TimestampAsync("B"));
                await account.PutAsync(Containers.AuditAnchors, a, (await account.Store.Blob(Containers.AuditAnchors, b).DownloadContentAsync()).Value.Content.ToArray());
            }

            var trail = (await account.VerifyAsync()).Single(trail => trail.Center == "A");

            Assert.Equal((AuditReasons.TimestampWrong, await TimestampAsync("A")), (Assert.Single(trail.Findings).Reason, trail.Findings[0].Blob));
        }
    }

    private Task<int> RunAsync(SecondAnchors second, AuditOptions options) =>
        new AuditAnchoring(account.Store, new AuditTrail(account.Store, account.Key, account.Later), second, options).RunAsync();

    private async Task<string> TimestampAsync(string center) => (await account.Store.NamesAsync(Containers.AuditAnchors, $"{center}/")).Single(name => name.EndsWith(".tst", StringComparison.Ordinal));

    private sealed class Started : IAsyncDisposable
    {
        private readonly AzuriteFixture _azurite = new();

        public async Task<BlobStore> StoreAsync()
        {
            await _azurite.InitializeAsync();
            return new BlobStore(AuditGuard.Client(_azurite.ConnectionString));
        }

        public ValueTask DisposeAsync() => _azurite.DisposeAsync();
    }

    /// <summary>A timestamp authority (RFC 3161) on this machine, with a certificate of its own making.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly WebApplication _server;
        private readonly X509Certificate2 _certificate;
        private readonly TimeSpan _back;

        private Authority(TimeSpan back)
        {
            _back = back;
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=Timestamps of tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
            _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            _server = builder.Build();
            _server.Run(AnswerAsync);
        }

        public Uri Address { get; private set; } = null!;

        public int Asked { get; private set; }

        public string CertificateSha256 => _certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

        public static async Task<Authority> StartAsync(TimeSpan back = default)
        {
            var authority = new Authority(back);
            await authority._server.StartAsync();
            authority.Address = new Uri(authority._server.Urls.Single());
            return authority;
        }

        public void Dispose()
        {
            _server.DisposeAsync().AsTask().Wait();
            _certificate.Dispose();
        }

        private async Task AnswerAsync(HttpContext context)
        {
            Asked++;
            Assert.Equal("application/timestamp-query", context.Request.ContentType);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Assert.True(Rfc3161TimestampRequest.TryDecode(body.ToArray(), out var request, out _));

            // The tests' trails are of the end of 2026.
            var time = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) - _back;
            var info = new Rfc3161TimestampTokenInfo(new Oid("1.2.3.4"), request!.HashAlgorithmId, request.GetMessageHash(), new byte[] { 1, 2, 3 }, time, nonce: request.GetNonce());
            var signed = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), info.Encode()));
            var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") };
            signer.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), SigningCertificateV2()));
            signed.ComputeSignature(signer);
            var answer = new AsnWriter(AsnEncodingRules.DER);
            using (answer.PushSequence())
            {
                using (answer.PushSequence())
                {
                    answer.WriteInteger(0);
                }

                answer.WriteEncodedValue(signed.Encode());
            }

            context.Response.ContentType = "application/timestamp-reply";
            await context.Response.Body.WriteAsync(answer.Encode());
        }

        private byte[] SigningCertificateV2()
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteOctetString(_certificate.GetCertHash(HashAlgorithmName.SHA256));
            }

            return writer.Encode();
        }
    }
}
