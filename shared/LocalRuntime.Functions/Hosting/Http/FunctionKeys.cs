using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Functions.Hosting;

/// <summary>
/// The keys that callers must show where the host asks for them: the ones in the secrets container (made on first use), and the
/// function key that the setting <c>LocalRuntime__FunctionKey</c> may hold.
/// </summary>
internal sealed class FunctionKeys(StorageConnections storage, HostSettings settings, IConfiguration configuration)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private HostSecrets? _secrets;

    /// <summary>Where the keys lie: <c>container/blob</c>.</summary>
    public string Location => $"{HostContainers.Secrets}/{BlobName}";

    private string BlobName => $"{settings.HostId}/host.json";

    /// <summary>Reads the keys, or makes them where there are none yet.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var container = storage.Blobs().GetBlobContainerClient(HostContainers.Secrets);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var blob = container.GetBlobClient(BlobName);
        try
        {
            await blob.UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(HostSecrets.New(), Json)), new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            }, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
        }
        _secrets = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToObjectFromJson<HostSecrets>(Json);
    }

    /// <summary>Whether a request may pass: it needs no key of that level, or shows one.</summary>
    public bool Admits(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous || !settings.EnableAuth)
            return true;
        var shown = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return !string.IsNullOrEmpty(shown) && Accepted(level).Any(key => Same(key, shown));
    }

    /// <summary>The system key, for the URLs that the Durable endpoints hand out; null where none is asked for.</summary>
    public string? SystemKey => settings.EnableAuth ? _secrets?.SystemKeys.FirstOrDefault()?.Value : null;

    private IEnumerable<string> Accepted(AuthorizationLevel level)
    {
        if (_secrets is null)
            return [];
        var configured = configuration["LocalRuntime:FunctionKey"];
        var keys = level switch
        {
            AuthorizationLevel.Function or AuthorizationLevel.User => _secrets.FunctionKeys.Select(k => k.Value).Concat(string.IsNullOrEmpty(configured) ? [] : [configured]),
            AuthorizationLevel.System => _secrets.SystemKeys.Select(k => k.Value),
            _ => [],
        };
        return keys.Append(_secrets.MasterKey.Value);
    }

    private static bool Same(string key, string shown) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));

    private sealed record Secret(string Name, string Value, bool Encrypted);

    private sealed record HostSecrets
    {
        public required Secret MasterKey { get; init; }

        public required IReadOnlyList<Secret> FunctionKeys { get; init; }

        public required IReadOnlyList<Secret> SystemKeys { get; init; }

        public static HostSecrets New() => new()
        {
            MasterKey = NewKey("master"),
            FunctionKeys = [NewKey("default")],
            SystemKeys = [NewKey("durabletask_extension"), NewKey("eventgrid_extension")],
        };

        private static Secret NewKey(string name) =>
            new(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(40)).Replace('+', '-').Replace('/', '_'), Encrypted: false);
    }
}
