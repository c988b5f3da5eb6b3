using System.Runtime.ExceptionServices;

namespace Radiomics.Learning;

/// <summary>Parallel work whose result doesn't depend on the number of threads: each piece writes to its own slot, whoever reads goes through them in order.</summary>
internal static class InSlots
{
    /// <summary>Runs all pieces on all processors; of several failures that of the lowest slot is thrown, as it is.</summary>
    public static void Run(int slots, CancellationToken cancellation, Action<int> piece)
    {
        var failures = new ExceptionDispatchInfo?[slots];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, slots, options, (slot, state) =>
        {
            try
            {
                piece(slot);
            }
            catch (Exception e)
            {
                failures[slot] = ExceptionDispatchInfo.Capture(e);
                state.Break();
            }
        });
        failures.FirstOrDefault(failure => failure is not null)?.Throw();
    }
}
