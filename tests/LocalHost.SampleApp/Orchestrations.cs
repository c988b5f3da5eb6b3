using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;

namespace SampleApp;

/// <summary>Words to be said, or a number of jobs to be done.</summary>
/// <param name="Word">What to say.</param>
/// <param name="Times">How often.</param>
/// <param name="Seconds">How long each job takes.</param>
public sealed record Order(string Word, int Times, double Seconds = 0);

/// <summary>What an orchestration sees of an activity's failure.</summary>
public sealed record Failure(string Type, string Message, string? InnerType, string? InnerMessage, bool IsOfMissingFile, bool IsOfBadData);

public static class Orchestrations
{
    /// <summary>Repeats a word as often as asked, then waits for the last one.</summary>
    [Function("Repeat")]
    public static async Task<string[]> RepeatAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<Order>()!;
        var words = await Task.WhenAll(Enumerable.Range(0, order.Times).Select(i => context.CallActivityAsync<string>("Say", order with { Times = i })));
        context.SetCustomStatus(new { said = words.Length });
        var last = await context.WaitForExternalEvent<string>("Last");
        return [.. words, last];
    }

    /// <summary>Fans out as many jobs as asked; gives their numbers.</summary>
    [Function("Work")]
    public static async Task<int[]> WorkAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<Order>()!;
        return await Task.WhenAll(Enumerable.Range(0, order.Times).Select(i => context.CallActivityAsync<int>("Toil", order with { Times = i })));
    }

    /// <summary>Waits for a word for some time.</summary>
    [Function("Listen")]
    public static async Task<string> ListenAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Word", TimeSpan.FromSeconds(context.GetInput<Order>()!.Seconds));
        }
        catch (TaskCanceledException)
        {
            return "nothing was heard";
        }
    }

    /// <summary>Looks at the failure of an activity.</summary>
    [Function("Examine")]
    public static async Task<Failure?> ExamineAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallActivityAsync("Fail", context.GetInput<Order>()!);
            return null;
        }
        catch (TaskFailedException e)
        {
            var details = e.FailureDetails;
            return new Failure(
                details.ErrorType, details.ErrorMessage, details.InnerFailure?.ErrorType, details.InnerFailure?.ErrorMessage,
                details.IsCausedBy<FileNotFoundException>(), details.IsCausedBy<InvalidDataException>());
        }
    }

    /// <summary>Lets an activity fail twice.</summary>
    [Function("Persist")]
    public static Task<int> PersistAsync([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>(
        "FailTwice", context.InstanceId, TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(50))));

    /// <summary>Has an activity take the worker with it.</summary>
    [Function("Survive")]
    public static Task<string> SurviveAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>("Collapse", context.InstanceId);

    [Function("Doomed")]
    public static Task DoomedAsync([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Fail", context.GetInput<Order>()!);

    /// <summary>Has another orchestration do the work.</summary>
    [Function("Delegate")]
    public static Task<int[]> DelegateAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<int[]>("Work", context.GetInput<Order>());

    /// <summary>Adds numbers to an entity's sum, and reads it.</summary>
    [Function("Count")]
    public static async Task<int> CountAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var sum = new EntityInstanceId("Sum", context.InstanceId);
        for (var i = 1; i <= context.GetInput<Order>()!.Times; i++)
            await context.Entities.CallEntityAsync(sum, "Add", i);
        return await context.Entities.CallEntityAsync<int>(sum, "Get");
    }
}
