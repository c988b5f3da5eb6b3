using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace SampleApp;

/// <summary>A sum that outlives the orchestrations that add to it.</summary>
public sealed class SumEntity : TaskEntity<int>
{
    public void Add(int number) => State += number;

    public int Get() => State;

    [Function("Sum")]
    public static Task DispatchAsync([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<SumEntity>();
}
