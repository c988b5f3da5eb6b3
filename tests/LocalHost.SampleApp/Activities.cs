using Microsoft.Azure.Functions.Worker;

namespace SampleApp;

public sealed class Activities(Calls calls)
{
    [Function("Say")]
    public async Task<string> SayAsync([ActivityTrigger] Order order, string instanceId, FunctionContext context)
    {
        await calls.AddAsync("Say", $"{instanceId} {context.FunctionDefinition.Name} {order.Word}{order.Times}");
        return order.Word + order.Times;
    }

    /// <summary>Works for some time; tells when it begins and when it is done.</summary>
    [Function("Toil")]
    public async Task<int> ToilAsync([ActivityTrigger] Order order, string instanceId)
    {
        await calls.AddAsync("Toil", $"{instanceId} {order.Times} began");
        await Task.Delay(TimeSpan.FromSeconds(order.Seconds));
        await calls.AddAsync("Toil", $"{instanceId} {order.Times} done");
        return order.Times;
    }

    [Function("Fail")]
    public static void Fail([ActivityTrigger] Order order) =>
        throw new InvalidDataException($"The study of {order.Word} is damaged.", new FileNotFoundException("There is no manifest.\nNor a volume."));

    [Function("FailTwice")]
    public async Task<int> FailTwiceAsync([ActivityTrigger] string key)
    {
        for (var attempt = 1; attempt < 3; attempt++)
        {
            if (await calls.IsFirstAsync($"{key}/{attempt}"))
                throw new IOException($"Attempt {attempt} fails.");
        }

        return 3;
    }

    /// <summary>Takes the worker with it, the first time.</summary>
    [Function("Collapse")]
    public async Task<string> CollapseAsync([ActivityTrigger] string key)
    {
        if (await calls.IsFirstAsync(key))
            Environment.Exit(3);
        return "survived";
    }
}
