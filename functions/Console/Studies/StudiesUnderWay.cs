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
    private static readonly OrchestrationRuntimeStatus[] s_working = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly BriefAnswers<TurnBook> _books = new(time, _ => true);
    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<(string Center, StudyUnderWay Study)> _instances = [];
    private long _asked;
    private TimeSpan _holds = TimeSpan.Zero;

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

    private async Task<IReadOnlyList<(string Center, StudyUnderWay Study)>> InstancesAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_holds > TimeSpan.Zero && time.GetElapsedTime(_asked) < _holds)
            {
                return _instances;
            }

            var began = time.GetTimestamp();
            var query = new OrchestrationQuery { Statuses = s_working, InstanceIdPrefix = "p-", FetchInputsAndOutputs = true };
            _instances = await client.GetAllInstancesAsync(query)
                .Take(MostInstances)
                .Select(instance => (instance.TryReadInput<PredictionRequest>()?.Center ?? "", new StudyUnderWay(instance.InstanceId, instance.CreatedAt, null, false)))
                .ToListAsync(cancellation);
            var took = time.GetElapsedTime(began) * Share;
            (_asked, _holds) = (time.GetTimestamp(), took > s_shortest ? took : s_shortest);
            return _instances;
        }
        finally
        {
            _one.Release();
        }
    }
}
