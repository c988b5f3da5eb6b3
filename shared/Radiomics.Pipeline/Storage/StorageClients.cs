using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using Emulator;
using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline;

/// <summary>Makes clients of the storage account, in one way.</summary>
public static class StorageClients
{
    /// <summary>The newest service version that a developer's Azurite answers to without being told to skip its check.</summary>
    public const BlobClientOptions.ServiceVersion Version = BlobClientOptions.ServiceVersion.V2025_11_05;

    // Whoever sends from outside the account's network should learn of it soon.
    private static readonly HttpClientTransport _hurried = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = false });

    /// <summary>
    /// A client from a connection string; <c>UseDevelopmentStorage=true</c> is Azurite on its usual ports. The https address of an account's blob service is taken, too,
    /// for accounts without keys: then whoever is signed in (<c>az login</c>, a managed identity) opens it.
    /// </summary>
    public static BlobServiceClient Create(string connectionString) =>
        Uri.TryCreate(connectionString, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? new(uri, Credential(null), Options())
            : new(connectionString, Options());

    /// <summary>
    /// A client from the settings under <paramref name="name"/>: a connection string, or <c>{name}__blobServiceUri</c> or <c>{name}__accountName</c>
    /// for the app's identity (with <c>{name}__clientId</c> if it is user-assigned), as the Functions host reads them.
    /// </summary>
    /// <exception cref="InvalidOperationException">None of them is set.</exception>
    public static BlobServiceClient Create(IConfiguration configuration, string name)
    {
        return TryCreate(configuration, name)
            ?? throw new InvalidOperationException(
                $"The setting '{name}' is missing: give a connection string, or '{name}__blobServiceUri' for an identity. Copy local.settings.sample.json to functions/local.settings.json to run locally.");
    }

    /// <summary>The same; null if none of them is set.</summary>
    public static BlobServiceClient? TryCreate(IConfiguration configuration, string name)
    {
        var connection = StorageConnection.Read(configuration, name);
        return connection.ConnectionString is { } connectionString ? Create(connectionString)
            : connection.ServiceUri("blob") is { } uri ? new BlobServiceClient(uri, Credential(connection.ClientId), Options())
            : null;
    }

    /// <summary>The same for the account's queues; null if nothing says where they are.</summary>
    public static QueueServiceClient? TryCreateQueues(IConfiguration configuration, string name)
    {
        var connection = StorageConnection.Read(configuration, name);
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05);
        return connection.ConnectionString is { } connectionString ? new QueueServiceClient(connectionString, options)
            : connection.ServiceUri("queue") is { } uri ? new QueueServiceClient(uri, Credential(connection.ClientId), options)
            : null;
    }

    /// <summary>The same of a connection string, or of the address of an account's blob service.</summary>
    public static QueueServiceClient CreateQueues(string connectionString)
    {
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05);
        return Uri.TryCreate(connectionString, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? new(new UriBuilder(uri) { Host = uri.Host.Replace(".blob.", ".queue.", StringComparison.OrdinalIgnoreCase) }.Uri, Credential(null), options)
            : new(connectionString, options);
    }

    /// <summary>A client of one blob, from an address that carries its own signature (<see cref="UploadGrant.Url"/>).</summary>
    public static BlockBlobClient Create(Uri signedAddress)
    {
        var options = Options();
        options.Transport = _hurried;
        return new BlockBlobClient(signedAddress, options);
    }

    /// <summary>The app's identity, or a user-assigned one.</summary>
    public static TokenCredential Credential(string? clientId) =>
        clientId is { Length: > 0 } ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId)) : new DefaultAzureCredential();

    /// <summary>How this service's clients of blobs ask, and ask again.</summary>
    internal static BlobClientOptions Options() => new(Version)
    {
        Retry = { NetworkTimeout = TimeSpan.FromSeconds(100) },
        RetryPolicy = new ListingRetries(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5)),
    };
}
