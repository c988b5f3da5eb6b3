using Microsoft.DurableTask;

namespace Functions.Tests.InMemory;

/// <summary>Retries come a hundred times sooner, and none after more than a fifth of a second; all else is as it is.</summary>
internal sealed class HurriedContext(TaskOrchestrationContext inner) : WrappedContext(inner)
{
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(200);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        base.CallActivityAsync<TResult>(name, input, options?.Retry?.Policy is { } policy ? TaskOptions.FromRetryPolicy(Hurry(policy)) : options);

    private static RetryPolicy Hurry(RetryPolicy policy) =>
        new(policy.MaxNumberOfAttempts, Sooner(policy.FirstRetryInterval), policy.BackoffCoefficient, maxRetryInterval: _longest);

    private static TimeSpan Sooner(TimeSpan interval) => interval / 100 < _longest ? interval / 100 : _longest;
}
