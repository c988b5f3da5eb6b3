using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>Waits for predictions, asking the service if there is one to ask, else looking into storage.</summary>
public static class PredictionWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks until the prediction is final; every answer goes to <paramref name="seen"/>.</summary>
    /// <param name="get">Asks once; null means nothing is known yet.</param>
    /// <param name="seen">Told of every answer.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <exception cref="CommandException"><c>TimedOut</c>.</exception>
    public static async Task<PredictionStatus> WaitAsync(
        Func<CancellationToken, Task<PredictionStatus?>> get, Action<PredictionStatus> seen, TimeSpan timeout, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        try
        {
            while (true)
            {
                if (await get(patience.Token) is { } status)
                {
                    seen(status);
                    if (status.Status is PredictionState.Succeeded or PredictionState.Failed)
                    {
                        return status;
                    }
                }

                await Task.Delay(s_interval, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCodes.Failed, "TimedOut", $"There is no prediction after {timeout.TotalSeconds:F0} s; ask again later with 'radiomics status'.");
        }
    }
}
