namespace Microsoft.DurableTask;

/// <summary>Thrown in an orchestrator where an activity or sub-orchestration failed after its last attempt.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>The failure of a task through an exception.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <summary>The failure of a task that ran elsewhere or earlier.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The activity or orchestrator that failed.</summary>
    public string TaskName { get; }

    /// <summary>The position of the call in the orchestration's history.</summary>
    public int TaskId { get; }

    /// <summary>What it threw.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string name, int id, string message) =>
        $"Task '{name}' (#{id}) failed with an unhandled exception: {message}";
}
