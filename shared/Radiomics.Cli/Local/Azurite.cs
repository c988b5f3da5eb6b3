using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>A running storage emulator of our own: free loopback ports, an account and key made for this run, a temporary folder.</summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private const string Account = "radiomics";

    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(5);

    private readonly ChildProcess _process;
    private readonly string _folder;
    private readonly bool _keep;

    private Azurite(ChildProcess process, string folder, bool keep, string connectionString)
    {
        _process = process;
        _folder = folder;
        _keep = keep;
        ConnectionString = connectionString;
    }

    /// <summary>Connection string with the blob, queue and table endpoints.</summary>
    public string ConnectionString { get; }

    /// <summary>Process id of the emulator.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts it and waits until its three services listen.</summary>
    /// <param name="script">From <see cref="AzuriteInstallation.EnsureAsync"/>.</param>
    /// <param name="folder">An existing folder for its data.</param>
    /// <param name="keep">Whether the folder outlives it.</param>
    /// <exception cref="CommandException"><c>AzuriteNotStarted</c>.</exception>
    public static async Task<Azurite> StartAsync(string script, string folder, bool keep, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var endpoints = new Dictionary<string, string>();
        var ready = new TaskCompletionSource<IReadOnlyDictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Node.Start(
            script,
            [
                "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", folder,
                "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            ],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
            keep ? null : folder,
            line =>
            {
                lock (endpoints)
                {
                    if (Listening().Match(line) is { Success: true } match)
                    {
                        endpoints[match.Groups["service"].Value] = $"{match.Groups["url"].Value}/{Account}";
                        if (endpoints.Count == 3)
                        {
                            ready.TrySetResult(endpoints);
                        }
                    }
                }
            });
        try
        {
            if (await Task.WhenAny(ready.Task, process.WaitAsync(cancellation)).WaitAsync(TimeSpan.FromMinutes(3), cancellation) != ready.Task)
            {
                cancellation.ThrowIfCancellationRequested();
                throw NotStarted(process.LastLines.LastOrDefault() ?? "it said nothing");
            }

            var urls = await ready.Task;
            return new Azurite(process, folder, keep, string.Join(
                ';',
                "DefaultEndpointsProtocol=http",
                $"AccountName={Account}",
                $"AccountKey={key}",
                $"BlobEndpoint={urls["Blob"]}",
                $"QueueEndpoint={urls["Queue"]}",
                $"TableEndpoint={urls["Table"]}"));
        }
        catch (Exception exception)
        {
            await process.DisposeAsync();
            throw exception is TimeoutException ? NotStarted("its ports didn't open within three minutes") : exception;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(s_stopPatience);
        await _process.DisposeAsync();
        if (!_keep)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException)
            {
                // Its guard has removed the folder already, or is about to.
            }
        }
    }

    private static CommandException NotStarted(string reason) =>
        new(ExitCodes.Failed, "AzuriteNotStarted", $"The storage emulator didn't start: {reason}.");

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<url>http://\S+)")]
    private static partial Regex Listening();
}
