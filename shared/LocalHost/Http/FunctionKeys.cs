namespace LocalHost.Http;

/// <summary>The keys that callers must show where the host asks for them: those in the secrets container (made on first use), and the one that a setting may hold.</summary>
internal sealed class FunctionKeys(BlobServiceClient storage, HostSettings settings)
{
    private const string Container = "azure-webjobs-secrets";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private HostSecrets? _secrets;

    /// <summary>Where the keys lie: <c>container/blob</c>.</summary>
    public string Location => $"{Container}/{BlobName}";

    /// <summary>The system key, for the addresses that extensions hand out; null where none is asked for.</summary>
    public string? SystemKey => settings.EnableAuth ? _secrets?.SystemKeys.FirstOrDefault()?.Value : null;

    private string BlobName => $"{settings.HostId}/host.json";

    /// <summary>Reads the keys, or makes them where there are none yet.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        if (!settings.EnableAuth)
            return;
        var container = storage.GetBlobContainerClient(Container);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var blob = container.GetBlobClient(BlobName);
        try
        {
            await blob.UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(HostSecrets.New(), s_json)), new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            }, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // They are there already.
        }
        _secrets = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToObjectFromJson<HostSecrets>(s_json);
    }

    /// <summary>Whether a request may pass: it needs no key of that level (<c>anonymous</c>, <c>function</c>, <c>system</c>, <c>admin</c>), or shows one. One that may not is answered.</summary>
    public bool Admits(HttpContext http, string level)
    {
        if (!settings.EnableAuth || level == "anonymous")
            return true;
        var shown = http.Request.Headers["x-functions-key"].FirstOrDefault() ?? http.Request.Query["code"].FirstOrDefault();
        if (!string.IsNullOrEmpty(shown) && Accepted(level).Any(key => Same(key, shown)))
            return true;
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return false;
    }

    private IEnumerable<string> Accepted(string level)
    {
        IEnumerable<string?> keys = level switch
        {
            "function" => _secrets!.FunctionKeys.Select(key => key.Value).Append(settings.FunctionKey),
            "system" => _secrets!.SystemKeys.Select(key => key.Value),
            _ => [],
        };
        return keys.Append(_secrets!.MasterKey.Value).OfType<string>().Where(key => key.Length > 0);
    }

    private static bool Same(string key, string shown) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));

    private sealed record Secret(string Name, string Value, bool Encrypted);

    private sealed record HostSecrets(Secret MasterKey, IReadOnlyList<Secret> FunctionKeys, IReadOnlyList<Secret> SystemKeys)
    {
        public static HostSecrets New() =>
            new(NewKey("master"), [NewKey("default")], [NewKey("durabletask_extension"), NewKey("eventgrid_extension"), NewKey("blobs_extension")]);

        private static Secret NewKey(string name) =>
            new(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(40)).Replace('+', '-').Replace('/', '_'), Encrypted: false);
    }
}
