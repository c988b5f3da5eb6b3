using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Radiomics.DicomWeb.Storing;

namespace Radiomics.DicomWeb.Http;

/// <summary>
/// Azure.Core's retries by the client's options, <c>Retry-After</c> honoured; except where a retry can't help: when the service asks for a long pause,
/// or the caller's own streams couldn't be read.
/// </summary>
internal sealed class PatientRetry(RetryOptions options, TimeSpan longest) : RetryPolicy(options.MaxRetries, Delays(options))
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        CanHelp(message) && base.ShouldRetry(message, exception);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        CanHelp(message) && await base.ShouldRetryAsync(message, exception);

    private static DelayStrategy Delays(RetryOptions options) => options.Mode == RetryMode.Fixed
        ? DelayStrategy.CreateFixedDelayStrategy(options.Delay)
        : DelayStrategy.CreateExponentialDelayStrategy(options.Delay, options.MaxDelay);

    private bool CanHelp(HttpMessage message) =>
        message.Request.Content is not StoreContent { SourceFault: not null }
        && !(message.HasResponse && Answers.RetryAfter(message.Response) > longest);
}
