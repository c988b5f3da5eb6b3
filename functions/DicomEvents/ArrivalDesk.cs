using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Orchestrations;

namespace RadiomicsFunctions.DicomEvents;

/// <summary>Takes events: moves the stamp of each study that they tell of, and sees to it that one <see cref="AwaitStudy"/> looks at it.</summary>
public sealed class ArrivalDesk(DicomServices services, ArrivalStore arrivals, ILogger<ArrivalDesk> logger)
{
    private const int ParallelStudies = 8;

    /// <summary>Takes the events of a delivery, those of one study together.</summary>
    internal async Task TakeAsync(DurableTaskClient client, EventDelivery delivery, CancellationToken cancellation)
    {
        var known = delivery.Stored
            .Select(stored => (Source: services.TryFind(stored.Host, stored.Partition), stored.StudyUid))
            .Where(stored => stored.Source is not null)
            .ToList();
        if (delivery.Stored.Count - known.Count is > 0 and var foreign)
        {
            logger.ForeignEvents(foreign);
        }

        await Parallel.ForEachAsync(
            known.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelStudies, CancellationToken = cancellation },
            async (stored, token) => await TakeAsync(client, stored.Source!, stored.StudyUid, token));
    }

    private async Task TakeAsync(DurableTaskClient client, DicomSource source, string studyUid, CancellationToken cancellation)
    {
        var study = arrivals.KeyOf(source, studyUid);
        var generation = await arrivals.AdvanceAsync(study, studyUid, cancellation);
        var id = ArrivalId.Of(study, generation);

        // Asked first, since this is so for all events of a study but one, and a refused start costs more.
        if (await client.GetInstanceAsync(id, cancellation) is { } wait && StartOnce.Settled.Contains(wait.RuntimeStatus))
        {
            return;
        }

        if (await StartOnce.StartAsync(client, nameof(AwaitStudy), id, new AwaitRequest(id, study, generation), StartOnce.Settled))
        {
            logger.WaitStarted(id, source.Center);
        }
    }
}
