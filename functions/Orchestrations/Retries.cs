using Microsoft.DurableTask;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>How patiently an orchestration calls a step that fails.</summary>
internal static class Retries
{
    /// <summary>A step that needs nothing but this service and its storage account: four attempts within 14 seconds.</summary>
    public static TaskOptions Usual { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2));

    /// <summary>
    /// A step that needs a DICOM service, for nobody sends a study's events again, and a report is sent at no other occasion: nine attempts within some three
    /// hours.
    /// </summary>
    public static TaskOptions ForHours { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 9, firstRetryInterval: TimeSpan.FromMinutes(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));
}
