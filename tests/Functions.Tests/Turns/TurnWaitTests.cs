using Microsoft.DurableTask;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Orchestrations;
using RadiomicsFunctions.Turns;

namespace Functions.Tests.Turns;

/// <summary>When an orchestration that waits goes on.</summary>
public sealed class TurnWaitTests
{
    private static readonly TurnRequest _request = new(TurnKind.Study, "p-1", "A");

    private readonly DeskContext _context = new();

    [Fact]
    public async Task Who_has_its_turn_waits_for_nothing()
    {
        await TurnWait.UntilTakenAsync(_context, _request, Turn.Taken);

        Assert.Equal((0, 0), (_context.Events, _context.Timers.Count));
    }

    [Fact]
    public async Task Who_is_told_after_it_has_asked_by_itself_goes_on_at_once()
    {
        var waiting = TurnWait.UntilTakenAsync(_context, _request, new Turn(9));
        _context.Timers[0].Fires.SetResult();
        Assert.Equal((1, 2, false), (_context.Asked, _context.Timers.Count, waiting.IsCompleted));

        _context.Told.SetResult(Turn.Taken);

        await waiting;
        Assert.Equal((1, 1, true), (_context.Asked, _context.Events, _context.Timers[1].Cancellation.IsCancellationRequested));
    }

    [Fact]
    public async Task Who_finds_that_it_has_its_turn_waits_for_no_event()
    {
        var waiting = TurnWait.UntilTakenAsync(_context, _request, new Turn(0));
        _context.Answer = Turn.Taken;

        _context.Timers[0].Fires.SetResult();

        await waiting;
        Assert.Single(_context.Timers);
    }

    [Theory]
    [InlineData(0, 0, 30)]
    [InlineData(0, 8, 90)]
    [InlineData(2, 0, 120)]
    [InlineData(0, 5000, 600)]
    [InlineData(1000, 0, 600)]
    public void Who_is_far_behind_and_who_has_asked_often_asks_seldom(int look, int ahead, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TurnWait.Pause(look, ahead));

    private sealed class DeskContext() : WrappedContext(null!)
    {
        public TaskCompletionSource<Turn> Told { get; } = new();

        public List<(TaskCompletionSource Fires, CancellationToken Cancellation)> Timers { get; } = [];

        public int Events { get; private set; }

        public int Asked { get; private set; }

        public Turn Answer { get; set; } = new(3);

        public override DateTime CurrentUtcDateTime => DateTime.UnixEpoch;

        public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            Assert.Equal(TurnKeeper.Event, eventName);
            Events++;
            return (Task<T>)(object)Told.Task;
        }

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
        {
            Timers.Add((new(), cancellationToken));
            return Timers[^1].Fires.Task;
        }

        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
        {
            Assert.Equal(nameof(TurnActivities.TakeTurn), name.Name);
            Asked++;
            return (Task<TResult>)(object)Task.FromResult(Answer);
        }
    }
}
