namespace Microsoft.Azure.Functions.Worker;

/// <summary>The occurrence that a timer function runs for.</summary>
public class TimerInfo
{
    /// <summary>Null when the schedule isn't monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when this run makes up for an occurrence that was missed.</summary>
    public bool IsPastDue { get; set; }
}
