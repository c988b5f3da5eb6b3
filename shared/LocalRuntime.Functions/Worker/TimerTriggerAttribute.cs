using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A schedule starts the function, on one host at a time.</summary>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>Six-field NCRONTAB in UTC, a <see cref="TimeSpan"/>, or <c>%Setting%</c> that holds either.</summary>
    public string Schedule { get; private set; } = schedule;

    /// <summary>Keep the schedule's status in storage, so that an occurrence missed while the host was down runs late instead of never.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Also run when the host starts.</summary>
    public bool RunOnStartup { get; set; }
}
