using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Radiomics.Pipeline;

namespace Functions.Tests.Http;

/// <summary>A body is what its sender says that it is, or nothing of it is kept.</summary>
[Collection(nameof(AppCollection))]
public sealed class DigestTests(App app)
{
    private readonly byte[] _zip = Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Repr-Digest", "sha-256=:{256}:")]
    [InlineData("Repr-Digest", "sha-512=:{512}:, sha-256=:{256}:")]
    [InlineData("Content-Digest", "sha-512=:{512}:")]
    [InlineData("Content-Digest", "crc32c=:AAAAAA==:, sha-1=:AAAA:, id-sha-256=:AAAA:")]
    [InlineData("Content-MD5", "{md5}")]
    public async Task A_body_that_is_what_its_headers_say_is_accepted(string header, string value)
    {
        using var response = await PostAsync((header, value));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("Repr-Digest", "sha-256=:{other}:")]
    [InlineData("Repr-Digest", "sha-512=:{512}:, sha-256=:{other}:")]
    [InlineData("Content-Digest", "sha-256=:{other}:")]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task A_body_that_is_another_one_is_refused_and_not_kept(string header, string value)
    {
        using var response = await PostAsync((header, value));
        await IsProblemAsync(response, "DigestMismatch");
        var upload = UploadId.OfZip("A", "", Digest.Of(new BinaryData(_zip)));
        Assert.False(await app.Store.Blob(Containers.Requests, $"A/{upload}.zip").ExistsAsync(Cancellation));
        Assert.False(await app.Store.Blob(Containers.Uploads, $"{upload}.json").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task All_digests_that_are_sent_must_be_right()
    {
        using var response = await PostAsync(("Repr-Digest", "sha-256=:{256}:"), ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="));
        await IsProblemAsync(response, "DigestMismatch");
    }

    [Theory]
    [InlineData("Repr-Digest", "sha-256={256}")]
    [InlineData("Repr-Digest", "sha-256=:AAAA:")]
    [InlineData("Repr-Digest", "sha-256=1")]
    [InlineData("Content-Digest", "sha-512=:{256}:")]
    [InlineData("Content-MD5", "{256}")]
    [InlineData("Content-MD5", "no base64 of 16 bytes!!!")]
    public async Task A_digest_of_another_form_is_a_problem(string header, string value)
    {
        using var response = await PostAsync((header, value));
        await IsProblemAsync(response, "InvalidDigest");
    }

    [Fact]
    public async Task A_digest_on_two_lines_is_one()
    {
        using var request = Request();
        Add(request, "Repr-Digest", $"sha-256=:{Base64(SHA256.HashData(_zip))}:");
        Add(request, "Repr-Digest", $"sha-512=:{Base64(SHA512.HashData(_zip))}:");
        using var response = await app.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/api/centers/A/predictions", "application/json", "{\"blob\": \"A/never.zip\"}")]
    [InlineData("POST", "/api/centers/A/uploads", "application/json", "{\"name\": \"x.zip\"}")]
    [InlineData("PUT", "/api/centers/A/cohorts/digests", "text/csv", "studyUid,label\n1.2.3,1\n")]
    public async Task Other_bodies_are_held_against_their_digests_too(string method, string path, string type, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, type) };
        Add(request, "Repr-Digest", $"sha-256=:{Base64(SHA256.HashData("another"u8))}:");
        using var response = await app.Http.SendAsync(request, Cancellation);
        await IsProblemAsync(response, "DigestMismatch");
    }

    private Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] headers)
    {
        var request = Request();
        foreach (var (name, value) in headers)
        {
            Add(request, name, value
                .Replace("{256}", Base64(SHA256.HashData(_zip)), StringComparison.Ordinal)
                .Replace("{512}", Base64(SHA512.HashData(_zip)), StringComparison.Ordinal)
                .Replace("{md5}", Base64(MD5.HashData(_zip)), StringComparison.Ordinal)
                .Replace("{other}", Base64(SHA256.HashData("another"u8)), StringComparison.Ordinal));
        }

        return app.Http.SendAsync(request, Cancellation);
    }

    private HttpRequestMessage Request() => new(HttpMethod.Post, "/api/centers/A/predictions") { Content = App.Zip(_zip) };

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static async Task IsProblemAsync(HttpResponseMessage response, string code)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, body.RootElement.GetProperty("code").GetString()));
    }
}
