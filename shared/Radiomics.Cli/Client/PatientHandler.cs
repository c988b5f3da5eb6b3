using System.Net;
using Polly;
using Polly.Retry;

namespace Radiomics.Cli.Client;

/// <summary>
/// Sends again what the service had no room for (429), after as long as it asks for by <c>Retry-After</c>, and a little more, so that not all who were refused come back at one time. Nothing else is
/// repeated: of what was refused so, the service has read nothing.
/// </summary>
/// <param name="patience">How long it goes on; then the refusal is the answer.</param>
/// <param name="clock">Waits.</param>
internal sealed class PatientHandler(TimeSpan patience, TimeProvider? clock = null) : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var since = _clock.GetTimestamp();
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } refusal && _clock.GetElapsedTime(since) + WaitOf(refusal) < patience),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(WaitOf(attempt.Outcome.Result!) * (1 + (Random.Shared.NextDouble() / 2))),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result!.Dispose();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
        return await pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
    }

    private TimeSpan WaitOf(HttpResponseMessage refusal) =>
        refusal.Headers.RetryAfter is not { } after ? s_usual
        : after.Delta is { } delta ? delta
        : after.Date is { } date && date > _clock.GetUtcNow() ? date - _clock.GetUtcNow()
        : TimeSpan.Zero;
}
