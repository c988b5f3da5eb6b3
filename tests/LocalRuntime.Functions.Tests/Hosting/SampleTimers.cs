using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests.Hosting;

public sealed class SampleStartupTimer(Calls calls)
{
    [Function("AtStart")]
    public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) => calls.Add($"start {timer.IsPastDue} {timer.ScheduleStatus!.Next:MM-dd}");
}

public sealed class SampleFrequentTimer(Calls calls)
{
    [Function("EverySecond")]
    public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => calls.Add($"tick {timer.IsPastDue} {timer.ScheduleStatus is null}");
}

public sealed class SampleMonitoredTimer(Calls calls)
{
    [Function("Monthly")]
    public void Run([TimerTrigger("0 0 0 1 * *")] TimerInfo timer) => calls.Add($"late {timer.IsPastDue} {timer.ScheduleStatus!.Last:yyyy-MM-dd}");
}
