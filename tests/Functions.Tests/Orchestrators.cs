using Microsoft.DurableTask;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Orchestrations;

namespace Functions.Tests;

/// <summary>The app's orchestrators, which are functions, in the form in which Durable Task's own classes take them.</summary>
internal static class Orchestrators
{
    /// <summary>Names of all.</summary>
    public static IReadOnlyList<string> Names { get; } = [nameof(PredictStudy), nameof(AwaitStudy), nameof(RetrainCenter)];

    /// <summary>An orchestrator that sees its context through another one.</summary>
    public static ITaskOrchestrator Get(string name, Func<TaskOrchestrationContext, TaskOrchestrationContext> seen) => name switch
    {
        nameof(PredictStudy) => new Function<PredictionRequest, PredictionOutcome>(context => PredictStudy.Run(seen(context))),
        nameof(AwaitStudy) => new Function<AwaitRequest, AwaitOutcome?>(context => AwaitStudy.Run(seen(context))),
        nameof(RetrainCenter) => new Function<RetrainingRequest, RetrainingOutcome>(context => RetrainCenter.Run(seen(context))),
        _ => throw new ArgumentException($"The app has no orchestrator {name}.", nameof(name)),
    };

    private sealed class Function<TInput, TOutput>(Func<TaskOrchestrationContext, Task<TOutput>> run) : TaskOrchestrator<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input) => run(context);
    }
}
