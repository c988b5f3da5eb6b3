using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Turns;

/// <summary>Goes to the desk for an orchestration, and tells others that their turn has come.</summary>
public sealed class TurnKeeper(TurnDesk desk, ILogger<TurnKeeper> logger)
{
    /// <summary>The event by which an instance is told.</summary>
    public const string Event = "turn";

    /// <summary>Asks for a turn, for the first time or once more.</summary>
    public async Task<Turn> AskAsync(DurableTaskClient client, TurnRequest request)
    {
        var change = await desk.AskAsync(request.Kind, request.Id, request.Center, id => IsAtWorkAsync(client, id));
        await TellAsync(client, change);
        return change.Own;
    }

    /// <summary>
    /// Gives a turn back. Where that fails the turn is taken from its holder once that has ended: what is done is done, and doesn't become a fault by this.
    /// </summary>
    public async Task LeaveAsync(DurableTaskClient client, TurnRequest request)
    {
        try
        {
            await TellAsync(client, await desk.LeaveAsync(request.Kind, request.Id, id => IsAtWorkAsync(client, id)));
        }
        catch (Exception e)
        {
            logger.TurnNotGivenBack(request.Id, StepFault.Describe(e));
        }
    }

    // One that is suspended may stay so for days: others take its turn, and it goes on without one.
    private async Task<bool> IsAtWorkAsync(DurableTaskClient client, string id)
    {
        try
        {
            return await client.GetInstanceAsync(id) is { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running };
        }
        catch (Exception e)
        {
            logger.TurnHolderUnknown(id, StepFault.Describe(e));
            return true;
        }
    }

    private async Task TellAsync(DurableTaskClient client, TurnChange change)
    {
        foreach (var lost in change.Lost)
        {
            logger.TurnTaken(lost);
        }

        foreach (var id in change.Given)
        {
            try
            {
                await client.RaiseEventAsync(id, Event, Turn.Taken);
            }
            catch (Exception e)
            {
                // It asks by itself after a while.
                logger.TurnNotTold(id, StepFault.Describe(e));
            }
        }
    }
}
