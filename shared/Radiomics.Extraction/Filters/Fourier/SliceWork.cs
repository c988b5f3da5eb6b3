namespace Radiomics.Extraction;

/// <summary>Work slice by slice on some threads, each with tools of its own; on one thread nothing is started.</summary>
internal static class SliceWork
{
    /// <summary>Calls <paramref name="work"/> for 0 to <paramref name="count"/> − 1, in no order. What it does must not depend on the others.</summary>
    public static void Run<TTool>(int count, int threads, Func<TTool> makeTool, Action<int, TTool> work)
        where TTool : class
    {
        var next = 0;
        var helpers = new Task[Math.Max(0, Math.Min(threads, count) - 1)];
        for (var i = 0; i < helpers.Length; i++)
        {
            helpers[i] = Task.Run(Take);
        }

        try
        {
            Take();
        }
        finally
        {
            Volatile.Write(ref next, count);
            foreach (var helper in helpers)
            {
                // On a thread of the pool, one that hasn't started yet is run here at once, and finds nothing to do.
                helper.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            }
        }

        foreach (var helper in helpers)
        {
            helper.GetAwaiter().GetResult();
        }

        void Take()
        {
            TTool? tool = null;
            for (var slice = Interlocked.Increment(ref next) - 1; slice < count; slice = Interlocked.Increment(ref next) - 1)
            {
                work(slice, tool ??= makeTool());
            }
        }
    }
}
