using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Orchestrations;
using Steps = RadiomicsFunctions.Activities.AwaitStudyActivities;

namespace Functions.Tests.InMemory;

/// <summary>How long a wait for a study goes on, and what comes of it.</summary>
[Collection(nameof(InMemoryCollection))]
public sealed class AwaitStudyFlowTests(InMemoryHub hub)
{
    private static readonly QuietCheck _closed = new(TimeSpan.Zero);
    private static readonly QuietCheck _waiting = new(TimeSpan.FromSeconds(2));

    [Fact]
    public async Task A_study_that_has_come_to_rest_is_fetched_and_predicted()
    {
        var looks = 0;
        var script = Script(() => Interlocked.Increment(ref looks) < 4 ? _waiting : _closed);

        var end = await hub.AwaitAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new AwaitOutcome("p-1", null), end.ReadOutputAs<AwaitOutcome>());
        Assert.Equal([.. Enumerable.Repeat(nameof(Steps.CloseIfQuiet), 4), nameof(Steps.FetchStudy), nameof(Steps.StartPrediction)], script.Calls);
    }

    [Fact]
    public async Task A_long_wait_goes_on_in_one_history_after_the_other_and_fetches_once()
    {
        const int looks = (AwaitStudy.Rounds * 3) + 1;
        var count = 0;
        var script = Script(() => Interlocked.Increment(ref count) < looks ? _waiting : _closed);

        var end = await hub.AwaitAsync(Request(), script);

        Assert.Equal(new AwaitOutcome("p-1", null), end.ReadOutputAs<AwaitOutcome>());
        Assert.Equal(looks, script.Calls.Count(call => call == nameof(Steps.CloseIfQuiet)));
        Assert.Single(script.Calls, nameof(Steps.FetchStudy));
        Assert.Single(script.Calls, nameof(Steps.StartPrediction));
    }

    [Fact]
    public async Task A_study_that_cannot_be_fetched_ends_the_wait_with_the_reason()
    {
        var script = Script(() => _closed).On(nameof(Steps.FetchStudy), new StepResult<FetchedStudy>(null, Samples.Error));

        var end = await hub.AwaitAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new AwaitOutcome(null, Samples.Error), end.ReadOutputAs<AwaitOutcome>());
        Assert.DoesNotContain(nameof(Steps.StartPrediction), script.Calls);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_for_hours_is_waited_for()
    {
        var attempts = 0;
        var script = Script(() => _closed).On<AwaitRequest>(
            nameof(Steps.FetchStudy),
            _ => Interlocked.Increment(ref attempts) < 9 ? throw StepFault.Of(new TimeoutException()) : new StepResult<FetchedStudy>(new FetchedStudy("u1"), null));

        var end = await hub.AwaitAsync(Request(), script);

        Assert.Equal(new AwaitOutcome("p-1", null), end.ReadOutputAs<AwaitOutcome>());
    }

    [Fact]
    public async Task A_step_that_keeps_failing_fails_the_wait()
    {
        var script = Script(() => _closed).OnThrow(nameof(Steps.CloseIfQuiet), () => StepFault.Of(new TimeoutException()));

        var end = await hub.AwaitAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(4, script.Calls.Count());
    }

    private static AwaitRequest Request() => Samples.Wait with { Id = ArrivalId.Of(new ArrivalKey("A", "s", $"{Guid.NewGuid()}"), 1) };

    private static Script Script(Func<QuietCheck> looks) => new Script()
        .On<AwaitRequest>(nameof(Steps.CloseIfQuiet), _ => looks())
        .On(nameof(Steps.FetchStudy), new StepResult<FetchedStudy>(new FetchedStudy("u1"), null))
        .On(nameof(Steps.StartPrediction), new StartedPrediction("p-1"));
}
