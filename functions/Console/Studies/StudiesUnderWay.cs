using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Console.Studies;

/// <summary>
/// Which studies of a center aren't settled, asked by many at once. The book of turns says it at the cost of one small blob. It doesn't know those that have just been started, and those of earlier versions: these the
/// orchestrations themselves tell, which takes a look at all instances, and is done at most a twentieth of the time.
/// </summary>
public sealed class StudiesUnderWay(TurnDesk desk, TimeProvider time)
{
    private const int MostInstances = 2_000;
    private const int Share = 20;

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly OrchestrationRuntimeStatus[] s_working = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly BriefAnswers<TurnBook> _books = new(time, _ => true);
    private readonly Lock _gate = new();
    private Found? _last;
    private Task<Found>? _next;

    /// <summary>Those of a center: first who has a turn, then who waits, in the order of the line.</summary>
    public async Task<IReadOnlyList<StudyUnderWay>> OfAsync(DurableTaskClient client, string center, CancellationToken cancellation)
    {
        var book = (await _books.GetAsync("", async () => await desk.ReadAsync(TurnKind.Study), cancellation))!;
        var known = book.Holders.Concat(book.Waiting).Select(entry => entry.Id).ToHashSet();
        var instances = await InstancesAsync(client, cancellation);
        return
        [
            .. book.Holders.Where(holder => holder.Center == center).Select(holder => new StudyUnderWay(holder.Id, Utc(holder.Since), null, true)),
            .. instances.Where(instance => instance.Center == center && !known.Contains(instance.Study.Id)).Select(instance => instance.Study),
            .. book.Waiting.Where(waiting => waiting.Center == center).Select((waiting, ahead) => new StudyUnderWay(waiting.Id, Utc(waiting.Since), ahead, true)),
        ];
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    /// <summary>What was found last; whoever comes when that has had its time has it looked for anew, and waits for that only where the last is old.</summary>
    private async Task<IReadOnlyList<(string Center, StudyUnderWay Study)>> InstancesAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        Task<Found> next;
        Found? last;
        lock (_gate)
        {
            last = _last;
            next = _next is { IsCompleted: false } under ? under
                : last is not null && time.GetElapsedTime(last.At) < last.Holds ? Task.FromResult(last)
                : _next = FindAsync(client);
        }

        return (last is not null && time.GetElapsedTime(last.At) < last.Holds + s_patience ? last : await next.WaitAsync(cancellation)).Studies;
    }

    private async Task<Found> FindAsync(DurableTaskClient client)
    {
        var began = time.GetTimestamp();
        var query = new OrchestrationQuery { Statuses = s_working, InstanceIdPrefix = "p-", FetchInputsAndOutputs = true };
        var studies = await client.GetAllInstancesAsync(query)
            .Take(MostInstances)
            .Select(instance => (instance.TryReadInput<PredictionRequest>()?.Center ?? "", new StudyUnderWay(instance.InstanceId, instance.CreatedAt, null, false)))
            .ToListAsync();
        var took = time.GetElapsedTime(began) * Share;
        lock (_gate)
        {
            return _last = new Found(studies, time.GetTimestamp(), took > s_shortest ? took : s_shortest);
        }
    }

    /// <param name="Studies">With their centers.</param>
    /// <param name="At">When they were found.</param>
    /// <param name="Holds">How long that is good enough.</param>
    private sealed record Found(IReadOnlyList<(string Center, StudyUnderWay Study)> Studies, long At, TimeSpan Holds);
}
