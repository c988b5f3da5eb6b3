using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Telemetry;

/// <summary>Measures how long each step of an orchestration takes, an attempt at a time.</summary>
internal sealed class StepMeter(StepsUnderWay steps) : IFunctionsWorkerMiddleware
{
    /// <summary>Name of the meter, which that of the queues shares.</summary>
    public const string Name = "Radiomics.Functions";

    /// <summary>Seconds, by <c>step</c> and <c>outcome</c>: <c>done</c>, <c>refused</c> (what was sent can't be used) or <c>fault</c> (it is tried again).</summary>
    public const string Durations = "radiomics.step.duration";

    private static readonly Histogram<double> s_durations = new Meter(Name).CreateHistogram(
        Durations,
        "s",
        "How long a step took.",
        null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800] });

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "activityTrigger"))
        {
            await next(context);
            return;
        }

        var began = Stopwatch.GetTimestamp();
        var outcome = "fault";
        steps.Begin();
        try
        {
            await next(context);
            outcome = context.GetInvocationResult().Value is IStepResult { Error: not null } ? "refused" : "done";
        }
        finally
        {
            steps.End();
            s_durations.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("step", context.FunctionDefinition.Name), new("outcome", outcome));
        }
    }
}
