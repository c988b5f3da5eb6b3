using Radiomics.Pipeline;

namespace EndToEnd.Tests.Kills;

/// <summary>Studies that wait for their turn while host and worker are killed.</summary>
public sealed class TurnKillTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task After_kills_every_study_that_waited_has_had_its_turn_and_none_is_left_taken()
    {
        List<(string Center, string Id)> studies = [];
        for (var n = 0; n < 10; n++)
        {
            var center = n < 8 ? "A" : "B";
            studies.Add((center, await service.UploadAsync(center, $"turn-{n}.zip", (await Study.PhantomAsync(center, "3.0T", seed: 300 + n)).Zip())));
        }

        foreach (var victim in new[] { Victim.Worker, Victim.Both })
        {
            await WaitingAsync();
            await service.KillAsync(victim);
        }

        foreach (var (center, id) in studies)
        {
            Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync(center, id)).Status);
            await service.CompletedInstanceAsync(id);
            Assert.Equal(9, (await service.AuditStepsAsync(center, id)).Count);
        }

        var book = await BookAsync();
        Assert.Empty(book.Holders.Concat(book.Waiting));
    }

    // So that a kill meets somebody who waits.
    private async Task WaitingAsync()
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if ((await BookAsync()).Waiting.Count > 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("Nobody waits.");
    }

    private async Task<TurnBook> BookAsync() => await service.Store.TryReadJsonAsync<TurnBook>(Containers.Turns, "studies.json") ?? TurnBook.Empty;
}
