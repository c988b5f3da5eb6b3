using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;

namespace LocalHost.Tests;

/// <summary>A call of one of the sample app's functions.</summary>
/// <param name="Function">Its name.</param>
/// <param name="What">What it was called with.</param>
/// <param name="Process">The worker that it ran in.</param>
public sealed record Call(string Function, string What, int Process);

/// <summary>What the functions of a sample app were called with, as they tell it in storage.</summary>
public sealed class CallLog(BlobContainerClient container)
{
    private readonly BlobClient _log = container.GetBlobClient("calls");

    /// <summary>All calls so far, in order.</summary>
    public async Task<IReadOnlyList<Call>> AllAsync()
    {
        try
        {
            var text = (await _log.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Call>(line, JsonSerializerOptions.Web)!)];
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return [];
        }
    }

    /// <summary>The calls of a function so far that were called with something that begins so.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(string function, string beginning = "") =>
        [.. (await AllAsync()).Where(call => call.Function == function && call.What.StartsWith(beginning, StringComparison.Ordinal)).Select(call => call.What)];

    /// <summary>The same, once there are as many as expected.</summary>
    public Task<IReadOnlyList<string>> UntilAsync(int count, string function, string beginning = "") =>
        Patience.UntilAsync(() => OfAsync(function, beginning), calls => calls.Count >= count, $"{count} calls of {function} ({beginning})");
}
