using System.Collections.Concurrent;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Console.Studies;

/// <summary>
/// A center's settled studies, listed for many at once: who asks while it is being listed gets that, and a listing holds three times as long as it took, so that storage is kept busy for a quarter of the time at most
/// however many look. While nothing that was under way has ended, it holds ten times as long.
/// </summary>
public sealed class SettledStudies(PredictionCatalogue catalogue, TimeProvider time)
{
    private const int Share = 3;
    private const int LongShare = 10;

    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Listing> _listings = new(StringComparer.Ordinal);

    /// <summary>What is settled, the newest first.</summary>
    /// <param name="center">The center.</param>
    /// <param name="underWay">What isn't.</param>
    /// <param name="cancellation">Ends the wait, not the listing: others may wait for it.</param>
    public async Task<IReadOnlyList<ListedPrediction>> OfAsync(string center, IReadOnlySet<string> underWay, CancellationToken cancellation)
    {
        var own = new Listing(underWay);
        var listing = _listings.AddOrUpdate(center, own, (_, earlier) => Holds(earlier, underWay) ? earlier : own);
        if (listing == own)
        {
            _ = ListAsync(center, own);
            foreach (var old in _listings.Where(old => old.Value.Until is { } until && time.GetElapsedTime(until) > s_forgotten))
            {
                _listings.TryRemove(old);
            }
        }

        return await listing.Answer.WaitAsync(cancellation);
    }

    private bool Holds(Listing listing, IReadOnlySet<string> underWay)
    {
        if (listing.Until is not { } since)
        {
            return true; // it is being listed
        }

        var age = time.GetElapsedTime(since);
        return !listing.Answer.IsFaulted && (age < Within(listing.Took * Share) || (age < Within(listing.Took * LongShare) && listing.UnderWay.IsSubsetOf(underWay)));
    }

    private static TimeSpan Within(TimeSpan wish) => wish < s_shortest ? s_shortest : wish > s_longest ? s_longest : wish;

    private async Task ListAsync(string center, Listing listing)
    {
        var began = time.GetTimestamp();
        try
        {
            var found = await catalogue.ListAsync(center);
            listing.End(time.GetElapsedTime(began), time.GetTimestamp());
            listing.Source.SetResult(found);
        }
        catch (Exception e)
        {
            listing.End(TimeSpan.Zero, time.GetTimestamp());
            listing.Source.SetException(e);
        }
    }

    private sealed class Listing(IReadOnlySet<string> underWay)
    {
        private long _until;

        public IReadOnlySet<string> UnderWay { get; } = underWay;

        public TaskCompletionSource<IReadOnlyList<ListedPrediction>> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyList<ListedPrediction>> Answer => Source.Task;

        public TimeSpan Took { get; private set; }

        /// <summary>When it was through; null while it isn't.</summary>
        public long? Until => Volatile.Read(ref _until) is not 0 and var until ? until : null;

        public void End(TimeSpan took, long until)
        {
            Took = took;
            Volatile.Write(ref _until, until);
        }
    }
}
