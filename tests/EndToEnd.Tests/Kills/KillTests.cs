using System.Diagnostics;
using System.Globalization;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Kills;

/// <summary>
/// Host, worker or both are killed without warning in the middle of the work. <c>RADIOMICS_KILLS</c> says how many studies are killed: 3 (one of each
/// kind) by default, 30 for the whole table, which is in the test's output.
/// </summary>
public sealed class KillTests(Service service, ITestOutputHelper output) : IClassFixture<Service>
{
    private const int Seed = 20261129;

    private static readonly string[] s_files = [".fhir.json", ".html", ".json", ".sr.dcm", ".zh.html"];

    [Fact]
    public async Task A_killed_study_ends_as_if_nothing_had_happened()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("RADIOMICS_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 3;
        var study = (await Study.PhantomAsync(seed: 81, sizeInPlane: 320, slices: 72)).Zip();
        var id = await service.UploadAsync("A", "undisturbed.zip", study);
        var uploaded = DateTimeOffset.UtcNow;
        var probability = (await service.FinishedAsync("A", id)).Prediction!.Probability!.Value;
        var undisturbed = StudyHistory.Of(await service.CompletedInstanceAsync(id));
        Assert.Equal(StudyHistory.Activities, undisturbed.Completed);

        output.WriteLine($"Seed {Seed}.");
        output.WriteLine(KillOutcome.Header);
        var outcomes = new List<KillOutcome>();
        foreach (var kill in Kill.Plan(count, Seed))
        {
            outcomes.Add(await KillAsync(kill, study, attempt => DurationOf(attempt.Phase, undisturbed, uploaded) * attempt.Moment, probability));
            output.WriteLine(outcomes[^1].ToString());
        }

        Assert.All(outcomes, outcome => Assert.True(outcome.LeftNoTrace, outcome.ToString()));
    }

    private async Task<KillOutcome> KillAsync(Kill planned, byte[] study, Func<Kill, TimeSpan> delayOf, double probability)
    {
        // A study may be through before the kill hits it; that is none, and the next comes earlier.
        for (var misses = 0; misses < 10; misses++)
        {
            var kill = planned.Earlier(misses);
            await ForgetStudiesAsync();
            var id = await service.UploadAsync("A", $"killed-{Guid.NewGuid():N}.zip", study);
            var uploaded = DateTimeOffset.UtcNow;
            if (kill.Phase.Begins is { } activity)
            {
                await ScheduledAsync(id, activity);
            }

            await Task.Delay(delayOf(kill));
            var killed = DateTimeOffset.UtcNow;
            await service.KillAsync(kill.Victim);
            var prediction = (await service.FinishedAsync("A", id)).Prediction;
            var history = StudyHistory.Of(await service.CompletedInstanceAsync(id));
            if (history.At("ExecutionCompleted") > killed)
            {
                return new KillOutcome
                {
                    Kill = kill,
                    Moment = killed - uploaded,
                    LastStep = history.Events.LastOrDefault(e => e.At <= killed).What ?? "uploaded",
                    TakenUp = history.Events.First(e => e.At > killed).At - killed,
                    Succeeded = history.At("ExecutionCompleted")!.Value - killed,
                    SamePrediction = prediction?.Probability == probability
                        && (await service.NamesAsync(Containers.Predictions, $"A/by-id/{id}")).Order(StringComparer.Ordinal).SequenceEqual(s_files.Select(extension => $"A/by-id/{id}{extension}")),
                    EachResultOnce = history.Completed.SequenceEqual(StudyHistory.Activities),
                    AuditIntact = (await service.AuditStepsAsync("A", id)).Count == 9,
                };
            }
        }

        throw new TimeoutException($"No kill of ten hit {planned}.");
    }

    private async Task ScheduledAsync(string id, string activity)
    {
        var watch = Stopwatch.StartNew();
        while (await service.TryInstanceAsync(id) is not { } instance || StudyHistory.Of(instance).Scheduled(activity) is null)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(5), $"{activity} is never scheduled.");
            await Task.Delay(20);
        }
    }

    /// <summary>Removes what was read and computed for center A so far, which would otherwise be taken instead of being made anew.</summary>
    private async Task ForgetStudiesAsync()
    {
        foreach (var container in new[] { Containers.Studies, Containers.Features })
        {
            foreach (var name in await service.NamesAsync(container, "A/"))
            {
                await service.Blobs.GetBlobContainerClient(container).DeleteBlobAsync(name);
            }
        }
    }

    private static TimeSpan DurationOf(Phase phase, StudyHistory history, DateTimeOffset uploaded)
    {
        var begin = phase.Begins is { } first ? history.Scheduled(first) : uploaded;
        var end = phase.Ends is { } next ? history.Scheduled(next) : history.At("ExecutionCompleted");
        return (end - begin)!.Value;
    }
}
