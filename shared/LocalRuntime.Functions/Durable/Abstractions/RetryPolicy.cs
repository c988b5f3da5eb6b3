namespace Microsoft.DurableTask;

/// <summary>Retries with exponential back-off, waited for as durable timers.</summary>
public class RetryPolicy
{
    /// <summary>A policy; infinite <paramref name="maxRetryInterval"/> or <paramref name="retryTimeout"/> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    /// <param name="maxNumberOfAttempts">Attempts in all, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">The pause after the first failure; above zero.</param>
    /// <param name="backoffCoefficient">The factor by which each pause is longer than the one before; at least 1.</param>
    /// <param name="maxRetryInterval">The longest pause; one hour if not given.</param>
    /// <param name="retryTimeout">No retry starts later than this after the first attempt; infinite if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside what its parameter allows.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        ThrowIfShorter(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        ThrowIfShorter(retryTimeout, firstRetryInterval, nameof(retryTimeout));
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Attempts in all, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The pause after the first failure.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>The factor by which each pause is longer than the one before.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>The time after the first attempt in which a retry may start.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Which failures are worth another attempt; all if not set.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => ShouldRetry = value;
    }

    internal Func<TaskFailureDetails, bool> ShouldRetry { get; private init; } = _ => true;

    private static void ThrowIfShorter(TimeSpan? value, TimeSpan first, string name)
    {
        if (value < first && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must not be shorter than the first retry interval.");
    }
}
