using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Turns;

namespace RadiomicsFunctions.Activities;

/// <summary>Taking and giving back a turn (<see cref="TurnDesk"/>): steps of a moment.</summary>
public sealed class TurnActivities(TurnKeeper turns)
{
    /// <summary>Asks for a turn, for the first time or once more.</summary>
    [Function(nameof(TakeTurn))]
    public Task<Turn> TakeTurn([ActivityTrigger] TurnRequest input, [DurableClient] DurableTaskClient client) => StepFault.OfAsync(() => turns.AskAsync(client, input));

    /// <summary>Gives one back.</summary>
    [Function(nameof(LeaveTurn))]
    public async Task<Turn> LeaveTurn([ActivityTrigger] TurnRequest input, [DurableClient] DurableTaskClient client)
    {
        await turns.LeaveAsync(client, input);
        return new Turn(0);
    }
}
