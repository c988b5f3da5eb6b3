using Microsoft.DurableTask;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>What a log may say of a step that failed for good.</summary>
internal static class StepFailure
{
    /// <summary>The fault as the step described it; of one that isn't ours, its type alone.</summary>
    public static string Describe(TaskFailureDetails failure) =>
        failure.ErrorType == typeof(StepFault).FullName ? failure.ErrorMessage : failure.ErrorType;
}
