using System.Collections.Concurrent;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Clients for the storage accounts that settings name, of an API version that Azurite answers to.</summary>
internal sealed class StorageConnections(IConfiguration configuration)
{
    /// <summary>The account that holds the host's own state.</summary>
    public const string Host = "AzureWebJobsStorage";

    private readonly ConcurrentDictionary<string, BlobServiceClient> _blobs = new();
    private readonly ConcurrentDictionary<string, QueueServiceClient> _queues = new();

    public BlobServiceClient Blobs(string? connection = null) => _blobs.GetOrAdd(ConnectionString(connection), text =>
        new BlobServiceClient(text, Configured(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05))));

    /// <summary>Queues whose messages are base64, as the real host's are.</summary>
    public QueueServiceClient Queues(string? connection = null) => _queues.GetOrAdd(ConnectionString(connection) + "\n64", _ =>
        Queue(connection, QueueMessageEncoding.Base64));

    /// <summary>Queues with messages as they are.</summary>
    public QueueServiceClient PlainQueues(string? connection = null) => _queues.GetOrAdd(ConnectionString(connection), _ =>
        Queue(connection, QueueMessageEncoding.None));

    /// <summary>The connection string that a setting holds; any but the host's own falls back to it.</summary>
    /// <exception cref="NotSupportedException">The setting is an identity-based connection.</exception>
    public string ConnectionString(string? connection)
    {
        var name = connection ?? Host;
        if (Value(name) is { } text)
            return text;
        if (Section(name).FirstOrDefault(s => s.GetChildren().Any()) is { } identity)
        {
            throw new NotSupportedException(
                $"The setting {name} is an identity-based connection ({identity.Key}__{identity.GetChildren().First().Key}); the local host needs a connection string.");
        }
        return name == Host ? AppDefaults.DevelopmentStorage : ConnectionString(Host);
    }

    private QueueServiceClient Queue(string? connection, QueueMessageEncoding encoding) =>
        new(ConnectionString(connection), Configured(new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05) { MessageEncoding = encoding }));

    private string? Value(string name) =>
        Section(name).Select(s => s.Value).Append(configuration.GetConnectionString(name)).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    /// <summary>The real host reads <c>Name</c> and <c>AzureWebJobsName</c>.</summary>
    private IEnumerable<IConfigurationSection> Section(string name) =>
        [configuration.GetSection("AzureWebJobs" + name), configuration.GetSection(name)];

    private static T Configured<T>(T options) where T : ClientOptions
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxRetries = 4;
        options.Diagnostics.IsLoggingContentEnabled = false;
        return options;
    }
}
