using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Hosting;

public sealed record SampleInput(string Word, int Times);

public sealed class SampleDurable(Calls calls)
{
    [Function("Begin")]
    public static async Task<IActionResult> BeginAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(
            "Repeat", new SampleInput(request.Query["word"].ToString(), 2), new StartOrchestrationOptions(request.Query["id"]), cancellation);
        return new ContentResult { StatusCode = 202, Content = id };
    }

    /// <summary>Repeats a word as often as asked, then waits for the last one.</summary>
    [Function("Repeat")]
    public static async Task<string[]> RepeatAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SampleInput>()!;
        var words = await Task.WhenAll(Enumerable.Range(0, input.Times).Select(i => context.CallActivityAsync<string>("Say", new SampleInput(input.Word, i))));
        context.SetCustomStatus(new { said = words.Length });
        var last = await context.WaitForExternalEvent<string>("Last");
        return [.. words, last];
    }

    [Function("Say")]
    public async Task<string> SayAsync([ActivityTrigger] SampleInput input, string instanceId, FunctionContext context, CancellationToken cancellation)
    {
        await Task.Delay(1, cancellation);
        calls.Add($"{instanceId} {context.FunctionDefinition.Name} {input.Word}{input.Times}");
        return input.Word + input.Times;
    }
}
