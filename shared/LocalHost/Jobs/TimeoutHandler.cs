using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace LocalHost.Jobs;

/// <summary>A function that goes on beyond its time, and beyond the grace after it was asked to stop, takes its worker with it, as on the real host: nothing else ends it.</summary>
internal sealed class TimeoutHandler(WorkerSupervisor worker, Action<Exception> onListenerFailed) : IWebJobsExceptionHandler
{
    public void Initialize(JobHost host) { }

    public async Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod)
    {
        if (exceptionInfo.SourceException is Microsoft.Azure.WebJobs.Host.FunctionTimeoutException { Task: { } running } timeout)
        {
            await Task.WhenAny(running, Task.Delay(timeoutGracePeriod));
            if (!running.IsCompleted)
                worker.Replace($"the function {timeout.MethodName} ran for longer than functionTimeout allows ({timeout.Timeout:c}).");
        }
    }

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        // A listener's fault, which has ended it: the SDK's own handler would end the process.
        onListenerFailed(exceptionInfo.SourceException);
        return Task.CompletedTask;
    }
}
