using Microsoft.DurableTask;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Turns;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>How an orchestration waits for its turn: until it is told, asking itself now and then in case whoever was to tell it has come to an end.</summary>
internal static class TurnWait
{
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    /// <summary>Asks for the first time.</summary>
    public static Task<Turn> AskAsync(TaskOrchestrationContext context, TurnRequest request) => context.CallActivityAsync<Turn>(nameof(TurnActivities.TakeTurn), request, Retries.Usual);

    /// <summary>Waits until it has its turn.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="request">What it asked for.</param>
    /// <param name="turn">What it was told.</param>
    public static async Task UntilTakenAsync(TaskOrchestrationContext context, TurnRequest request, Turn turn)
    {
        if (turn.Ahead is null)
        {
            return;
        }

        // One wait for all the time: one that was given up might take the event from the next.
        var told = context.WaitForExternalEvent<Turn>(TurnKeeper.Event);
        for (var look = 0; turn.Ahead is { } ahead && !told.IsCompleted; look++)
        {
            using var alarm = new CancellationTokenSource();
            var pause = context.CreateTimer(Pause(look, ahead), alarm.Token);
            if (await Task.WhenAny(told, pause) == told)
            {
                alarm.Cancel();
                return;
            }

            turn = await AskAsync(context, request);
        }
    }

    /// <summary>Who is far behind asks seldom, and everybody ever more seldom: a history grows by some ten events each time, and whoever comes first looks for all.</summary>
    internal static TimeSpan Pause(int look, int ahead)
    {
        var pause = _first * (1 + (ahead / 4)) * Math.Pow(2, Math.Min(look, 10));
        return pause < _longest ? pause : _longest;
    }
}
