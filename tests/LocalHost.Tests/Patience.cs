using System.Diagnostics;

namespace LocalHost.Tests;

/// <summary>Waiting for what will come to be so, but for no set time.</summary>
internal static class Patience
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);

    /// <summary>Looks again and again until what is seen is what is wanted.</summary>
    /// <param name="look">Looks; null is nothing yet.</param>
    /// <param name="isWanted">Whether that is it.</param>
    /// <param name="what">What is waited for, for the message of the failure.</param>
    /// <exception cref="TimeoutException">It never was; says what was seen last.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Predicate<T> isWanted, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isWanted(seen))
                return seen;
            if (watch.Elapsed > _limit)
                throw new TimeoutException($"{what}: not after {_limit.TotalSeconds:0} s. Seen last: {(seen is System.Collections.IEnumerable and not string and var list ? string.Join("; ", list.Cast<object>()) : seen)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Looks again and again until it is so.</summary>
    public static Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), so => so, what);
}
