using Azure;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>
/// Keeps when an event of a study last came. Every write says which version it replaces, and whoever is refused reads again: of an event and the end of a
/// wait at the same moment one comes first, so that each event belongs to a generation that is fetched after it.
/// </summary>
public sealed class ArrivalStore(BlobStore store, UidKey key, TimeProvider clock)
{
    /// <summary>A stamp that is newer isn't written again. Quiet times are longer, so a generation can't close while events go by that it doesn't count.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    // Clocks of several machines differ by less; a stamp further ahead was written by one that was wrong.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    /// <summary>Names a study.</summary>
    /// <param name="source">The service.</param>
    /// <param name="studyUid">Original StudyInstanceUID.</param>
    public ArrivalKey KeyOf(DicomSource source, string studyUid) => new(source.Center, source.Id, key.Map(studyUid));

    /// <summary>
    /// An event has come: moves the stamp on, opening a generation if none is open. Early, late, doubled or at the same moment as others, it makes no
    /// difference but that.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="studyUid">Its original StudyInstanceUID.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The generation that the event belongs to.</returns>
    public async Task<int> AdvanceAsync(ArrivalKey study, string studyUid, CancellationToken cancellation = default)
    {
        await store.EnsureContainersAsync();
        while (true)
        {
            var (stamp, version) = await ReadAsync(study, cancellation);
            var now = clock.GetUtcNow();
            if (stamp is not null && stamp.IsOpen() && (now - stamp.LastEvent).Duration() < Precision)
            {
                return stamp.Generation;
            }

            var next = stamp switch
            {
                null => await FirstAsync(study, studyUid, now, cancellation),
                _ when stamp.IsOpen() => stamp with { LastEvent = Later(stamp.LastEvent, now) },
                _ => stamp with { Generation = stamp.Generation + 1, LastEvent = Later(stamp.LastEvent, now) },
            };
            if (await TryWriteAsync(study, next, version, cancellation))
            {
                return next.Generation;
            }
        }
    }

    /// <summary>Closes a generation if no event has come for some time. One that is closed already stays so.</summary>
    /// <returns>How much of that time is left; zero if the generation is closed.</returns>
    /// <exception cref="InvalidOperationException">There is no such stamp.</exception>
    public async Task<TimeSpan> CloseIfQuietAsync(ArrivalKey study, int generation, TimeSpan quiet)
    {
        while (true)
        {
            var (found, version) = await ReadAsync(study, default);
            var stamp = found ?? throw Missing();
            if (stamp.Closed >= generation)
            {
                return TimeSpan.Zero;
            }

            var left = stamp.LastEvent + quiet - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            if (await TryWriteAsync(study, stamp with { Closed = generation }, version, default))
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>The original StudyInstanceUID: for the request to the service, in memory.</summary>
    /// <exception cref="InvalidOperationException">There is no such stamp.</exception>
    public async Task<string> StudyUidAsync(ArrivalKey study) =>
        key.Unseal(((await ReadAsync(study, default)).Stamp ?? throw Missing()).SealedStudyUid, NameOf(study));

    // Of an erased patient the stamps go at once and the waits' histories at night. Until then they would say of a first generation that it has been.
    private async Task<StudyArrival> FirstAsync(ArrivalKey study, string studyUid, DateTimeOffset now, CancellationToken cancellation)
    {
        var erased = await PurgedInstances.NewestErasedWaitAsync(store, study, cancellation);
        return new StudyArrival { Generation = erased + 1, Closed = erased, LastEvent = now, SealedStudyUid = key.Seal(studyUid, NameOf(study)) };
    }

    private async Task<(StudyArrival? Stamp, ETag? Version)> ReadAsync(ArrivalKey study, CancellationToken cancellation) =>
        await store.TryReadAsync(Containers.Arrivals, NameOf(study), cancellation) is { } blob
            ? (BlobStore.Parse<StudyArrival>(blob.Content), blob.Details.ETag)
            : (null, null);

    private Task<bool> TryWriteAsync(ArrivalKey study, StudyArrival stamp, ETag? version, CancellationToken cancellation) =>
        store.TryReplaceAsync(Containers.Arrivals, NameOf(study), BlobStore.Json(stamp), version, cancellation);

    private static DateTimeOffset Later(DateTimeOffset last, DateTimeOffset now) => last > now && last - now < _skew ? last : now;

    private static string NameOf(ArrivalKey study) => $"{study.Center}/{study.Service}/{study.StudyUid}.json";

    private static InvalidOperationException Missing() => new("The stamp of a study that is waited for has been removed.");
}
