using Azure.Core;
using Azure.Core.Pipeline;

namespace Emulator;

/// <summary>Retries as ever, but for a listing that the emulator fails: it would fail again, and <see cref="ListedBlobs"/> asks otherwise.</summary>
internal sealed class ListingRetries(int retries, TimeSpan delay, TimeSpan longest) : RetryPolicy(retries, DelayStrategy.CreateExponentialDelayStrategy(delay, longest))
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => !IsListing(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsListing(message) ? new(false) : base.ShouldRetryAsync(message, exception);

    private static bool IsListing(HttpMessage message) =>
        message.HasResponse && message.Response.Status == 500 && message.Request.Uri.ToUri() is { IsLoopback: true } uri && uri.Query.Contains("comp=list&", StringComparison.Ordinal);
}
