using Microsoft.Azure.Functions.Worker;

namespace SampleApp;

public sealed class TimerFunctions(Calls calls)
{
    [Function("AtStart")]
    public Task AtStartAsync([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) =>
        calls.AddAsync("AtStart", $"late {timer.IsPastDue}, next {timer.ScheduleStatus!.Next:MM-dd}");

    [Function("Often")]
    public Task OftenAsync([TimerTrigger("%Schedule%")] TimerInfo timer) => calls.AddAsync("Often", $"late {timer.IsPastDue}");

    [Function("Monthly")]
    public Task MonthlyAsync([TimerTrigger("0 0 0 1 * *")] TimerInfo timer) =>
        calls.AddAsync("Monthly", $"late {timer.IsPastDue}, last {timer.ScheduleStatus!.Last:yyyy-MM-dd}");

    /// <summary>Never succeeds.</summary>
    [Function("Stubborn")]
    [FixedDelayRetry(3, "00:00:00.100")]
    public async Task StubbornAsync([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, FunctionContext context)
    {
        await calls.AddAsync("Stubborn", $"retry {context.RetryContext!.RetryCount} of {context.RetryContext.MaxRetryCount}");
        throw new InvalidOperationException("As always.");
    }

    /// <summary>Succeeds at the third try.</summary>
    [Function("Patient")]
    [ExponentialBackoffRetry(5, "00:00:00.100", "00:00:01")]
    public async Task PatientAsync([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, FunctionContext context)
    {
        await calls.AddAsync("Patient", $"retry {context.RetryContext!.RetryCount} of {context.RetryContext.MaxRetryCount}");
        if (context.RetryContext.RetryCount < 2)
            throw new InvalidOperationException("Not yet.");
    }
}
