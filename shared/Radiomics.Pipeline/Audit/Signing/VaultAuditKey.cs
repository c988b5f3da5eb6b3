using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Radiomics.Pipeline;

/// <summary>
/// A key in Azure Key Vault (EC, P-256), which never leaves it: the service may sign with it and read its public half, no more. Speaks the vault's REST API over
/// Azure.Core, since not every feed has the vault's own client for keys.
/// </summary>
public sealed class VaultAuditKey : IAuditKey
{
    private const string Version = "?api-version=7.4";

    private readonly Uri _key;
    private readonly HttpPipeline _pipeline;

    /// <summary>A key by its address, without a version.</summary>
    /// <param name="key"><c>https://{vault}/keys/{name}</c>.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="transport">What carries the requests, if not HTTP.</param>
    public VaultAuditKey(Uri key, TokenCredential credential, HttpPipelineTransport? transport = null)
    {
        _key = key;
        var options = new VaultOptions();
        if (transport is not null)
        {
            options.Transport = transport;
        }

        // The vault's audience is its domain: https://x.vault.azure.net is for https://vault.azure.net.
        var audience = $"https://{key.Host[(key.Host.IndexOf('.') + 1)..]}/.default";
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, audience));
    }

    /// <summary>Whether an address can be one of a vault's key.</summary>
    public static bool IsAddress(Uri key) => key.IsAbsoluteUri && key.Scheme == Uri.UriSchemeHttps && key.Segments is [_, "keys/", { Length: > 0 } name] && !name.EndsWith('/');

    /// <inheritdoc/>
    public async Task<(byte[] PublicKey, byte[] Signature)> SignAsync(byte[] digest, CancellationToken cancellation = default)
    {
        var (id, publicKey) = ReadKey(await SendAsync(RequestMethod.Get, _key.AbsoluteUri, null, cancellation));
        var answer = await SendAsync(RequestMethod.Post, $"{id}/sign", new { alg = "ES256", value = Base64Url.EncodeToString(digest) }, cancellation);
        return (publicKey, Base64Url.DecodeFromChars(answer.GetProperty("value").GetString()));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<byte[]>> PublicKeysAsync(CancellationToken cancellation = default)
    {
        List<(long Created, byte[] Key)> keys = [];
        for (var page = $"{_key.AbsoluteUri}/versions"; page is not null;)
        {
            var answer = await SendAsync(RequestMethod.Get, page, null, cancellation);
            foreach (var version in answer.GetProperty("value").EnumerateArray())
            {
                var key = await SendAsync(RequestMethod.Get, version.GetProperty("kid").GetString()!, null, cancellation);
                keys.Add((key.GetProperty("attributes").GetProperty("created").GetInt64(), ReadKey(key).PublicKey));
            }

            page = answer.TryGetProperty("nextLink", out var next) ? next.GetString() : null;
        }

        return [.. keys.OrderByDescending(key => key.Created).Select(key => key.Key)];
    }

    private static (string Id, byte[] PublicKey) ReadKey(JsonElement answer)
    {
        var key = answer.GetProperty("key");
        if (key.GetProperty("kty").GetString() is not ("EC" or "EC-HSM") || key.GetProperty("crv").GetString() is not "P-256")
        {
            throw new InvalidOperationException("The key of the audit trail must be an EC key on the curve P-256.");
        }

        using var parsed = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Coordinate(key, "x"), Y = Coordinate(key, "y") },
        });
        return (key.GetProperty("kid").GetString()!, parsed.ExportSubjectPublicKeyInfo());
    }

    private static byte[] Coordinate(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private async Task<JsonElement> SendAsync(RequestMethod method, string address, object? body, CancellationToken cancellation)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(address.Contains('?', StringComparison.Ordinal) ? address : address + Version));
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
        }

        await _pipeline.SendAsync(message, cancellation);
        if (message.Response.IsError)
        {
            throw new RequestFailedException(message.Response);
        }

        return JsonDocument.Parse(message.Response.Content).RootElement;
    }

    private sealed class VaultOptions : ClientOptions;
}
