using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline;

/// <summary>How a storage account is reached: by a connection string, or under the app's identity.</summary>
public sealed record StorageConnection
{
    /// <summary>A connection string; <c>UseDevelopmentStorage=true</c> is Azurite on its usual ports. Without one the app's identity is used.</summary>
    [SectionValue]
    public string? ConnectionString { get; init; }

    /// <summary>Address of the account's blobs.</summary>
    [ConfigurationKeyName("blobServiceUri")]
    public Uri? BlobServiceUri { get; init; }

    /// <summary>Address of the account's queues.</summary>
    [ConfigurationKeyName("queueServiceUri")]
    public Uri? QueueServiceUri { get; init; }

    /// <summary>The account's name, in place of addresses.</summary>
    [ConfigurationKeyName("accountName")]
    public string? AccountName { get; init; }

    /// <summary>Client id of a user-assigned identity; the app's own without it.</summary>
    [ConfigurationKeyName("clientId")]
    public string? ClientId { get; init; }

    /// <summary>The connection in the settings of a name.</summary>
    internal static StorageConnection Read(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection(name);
        return new StorageConnection
        {
            ConnectionString = section.Value is { Length: > 0 } connectionString ? connectionString : null,
            BlobServiceUri = AddressOf(section["blobServiceUri"]),
            QueueServiceUri = AddressOf(section["queueServiceUri"]),
            AccountName = section["accountName"] is { Length: > 0 } account ? account : null,
            ClientId = section["clientId"],
        };
    }

    /// <summary>Address of the account's service, <c>blob</c> or <c>queue</c>; null if nothing says it.</summary>
    internal Uri? ServiceUri(string service) =>
        (service == "blob" ? BlobServiceUri : QueueServiceUri) ?? (AccountName is { } account ? new Uri($"https://{account}.{service}.core.windows.net") : null);

    private static Uri? AddressOf(string? text) => text is { Length: > 0 } ? new Uri(text) : null;
}
