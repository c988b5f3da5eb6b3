using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;

namespace Functions.Tests;

/// <summary>How the steps of a phase share the orchestration.</summary>
public sealed class RetrainingPhasesTests
{
    private readonly List<TaskCompletionSource<int>> _begun = [];
    private readonly StatusContext _context = new();

    [Fact]
    public async Task Sixteen_steps_are_under_way_and_each_that_ends_makes_room_for_the_next()
    {
        var running = RunAsync(steps: 40);

        Assert.Equal(16, _begun.Count);
        for (var ended = 0; ended < 40; ended++)
        {
            Assert.Equal(Math.Min(40, 16 + ended), _begun.Count);
            _begun[ended].SetResult(ended * ended);
            Assert.Equal(new PhaseProgress(RetrainingPhase.Extracting, ended + 1, 40), Assert.Single(_context.Shown!.Steps));
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(step => step * step), await running);
    }

    [Fact]
    public void As_many_steps_are_under_way_as_the_plan_says()
    {
        _ = new RetrainingPhases(_context) { StepsAtOnce = 3 }.RunAsync(RetrainingPhase.Extracting, [.. Enumerable.Range(0, 40)], Begin);

        Assert.Equal(3, _begun.Count);
        _begun[1].SetResult(0);
        Assert.Equal(4, _begun.Count);
    }

    [Fact]
    public async Task After_a_fault_no_further_step_begins_and_those_under_way_are_awaited()
    {
        var running = RunAsync(steps: 40);

        _begun[3].SetException(new TimeoutException());
        foreach (var step in _begun.Where((_, i) => i is not (3 or 15)))
            step.SetResult(0);

        Assert.Equal(16, _begun.Count);
        Assert.False(running.IsCompleted);
        _begun[15].SetResult(0);
        await Assert.ThrowsAsync<TimeoutException>(() => running);
    }

    [Fact]
    public async Task A_phase_without_steps_is_over_at_once()
    {
        Assert.Empty(await RunAsync(steps: 0));

        Assert.Equal(new PhaseProgress(RetrainingPhase.Extracting, 0, 0), Assert.Single(_context.Shown!.Steps));
    }

    private Task<int[]> RunAsync(int steps) => new RetrainingPhases(_context).RunAsync(RetrainingPhase.Extracting, [.. Enumerable.Range(0, steps)], Begin);

    private Task<int> Begin(int step)
    {
        _begun.Add(new());
        return _begun[^1].Task;
    }

    private sealed class StatusContext() : WrappedContext(null!)
    {
        public RetrainingProgress? Shown { get; private set; }

        public override void SetCustomStatus(object? customStatus) => Shown = (RetrainingProgress?)customStatus;
    }
}
