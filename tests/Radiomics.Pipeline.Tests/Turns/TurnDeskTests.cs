using System.Collections.Concurrent;
using Radiomics.Pipeline.Tests.DicomService;

namespace Radiomics.Pipeline.Tests.Turns;

/// <summary>The desk on a real storage account, with instances that are at work unless a test says otherwise.</summary>
public sealed class TurnDeskTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private readonly ConcurrentDictionary<string, bool> _over = new();
    private BlobStore? _store;

    public async ValueTask InitializeAsync()
    {
        _store = await Account.StoreAsync(azurite);
        await _store.Blob(Containers.Turns, "studies.json").DeleteIfExistsAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Sixty_who_ask_three_processes_at_once_all_have_their_turn_and_never_more_than_allowed_at_a_time()
    {
        TurnDesk[] desks = [Desk(), Desk(), Desk()];
        ConcurrentDictionary<string, TaskCompletionSource> told = new(Enumerable.Range(0, 60).Select(i => KeyValuePair.Create($"{"AB"[i % 5 / 4]}-{i}", new TaskCompletionSource())));
        ConcurrentDictionary<string, string> underWay = new();
        var most = 0;

        await Task.WhenAll(told.Keys.Select(async (id, i) =>
        {
            var change = await desks[i % 3].AskAsync(TurnKind.Study, id, id[..1], IsAtWork);
            Tell(change);
            if (change.Own.Ahead is not null)
            {
                await told[id].Task;
            }

            underWay[id] = id[..1];
            var (all, own) = (underWay.Count, underWay.Values.Count(center => center == id[..1]));
            Assert.True(all <= 4 && own <= 3, $"{all} are under way, {own} of {id[..1]}.");
            most = Math.Max(most, all);
            await Task.Delay(5);
            underWay.TryRemove(id, out _);
            Tell(await desks[(i + 1) % 3].LeaveAsync(TurnKind.Study, id, IsAtWork));
        }));

        Assert.InRange(most, 2, 4);
        var book = await Desk().ReadAsync(TurnKind.Study);
        Assert.Empty(book.Holders.Concat(book.Waiting));

        void Tell(TurnChange change)
        {
            foreach (var id in change.Given)
            {
                told[id].SetResult();
            }
        }
    }

    [Fact]
    public async Task A_turn_whose_holder_has_ended_is_taken_from_it_by_whoever_asks_but_not_at_once()
    {
        await AskAsync("A-0", "A-1", "A-2", "B-0");
        _over["A-1"] = true;

        var soon = await Desk().AskAsync(TurnKind.Study, "A-3", "A", IsAtWork);
        Assert.Equal((0, 0), (soon.Own.Ahead, soon.Lost.Count));
        _clock.Pass(TurnDesk.Trust.TotalSeconds + 1);
        var later = await Desk().AskAsync(TurnKind.Study, "A-4", "A", IsAtWork);

        Assert.Equal(["A-1"], later.Lost);
        Assert.Equal(["A-3"], later.Given);
        Assert.Equal(0, later.Own.Ahead);
        Assert.Null((await Desk().AskAsync(TurnKind.Study, "A-3", "A", IsAtWork)).Own.Ahead);
    }

    [Fact]
    public async Task Who_has_ended_while_it_waited_is_passed_over()
    {
        await AskAsync("A-0", "A-1", "A-2", "A-3", "A-4", "A-5");
        _over["A-3"] = _over["A-4"] = true;

        var change = await Desk().LeaveAsync(TurnKind.Study, "A-0", IsAtWork);

        Assert.Equal(["A-5"], change.Given);
        Assert.Empty((await Desk().ReadAsync(TurnKind.Study)).Waiting);
    }

    [Fact]
    public async Task Who_leaves_without_a_turn_writes_nothing()
    {
        await Desk().LeaveAsync(TurnKind.Study, "A-0", IsAtWork);

        Assert.False(await _store!.Blob(Containers.Turns, "studies.json").ExistsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"holders\": 3}")]
    public async Task A_book_that_cannot_be_read_is_begun_anew(string content)
    {
        await _store!.PutAsync(Containers.Turns, "studies.json", content);

        Assert.Equal(Turn.Taken, (await Desk().AskAsync(TurnKind.Study, "A-0", "A", IsAtWork)).Own);
        Assert.Equal("A-0", Assert.Single((await Desk().ReadAsync(TurnKind.Study)).Holders).Id);
    }

    [Fact]
    public async Task Retrainings_have_a_line_of_their_own()
    {
        await _store!.Blob(Containers.Turns, "retrainings.json").DeleteIfExistsAsync();
        await AskAsync("A-0", "A-1", "A-2", "B-0");

        Assert.Equal(Turn.Taken, (await Desk().AskAsync(TurnKind.Retraining, "r-A", "A", IsAtWork)).Own);
        Assert.Equal(0, (await Desk().AskAsync(TurnKind.Retraining, "r-B", "B", IsAtWork)).Own.Ahead);
    }

    private TurnDesk Desk() => new(_store!, new TurnOptions(), _clock);

    private Task<bool> IsAtWork(string id) => Task.FromResult(!_over.ContainsKey(id));

    private async Task AskAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await Desk().AskAsync(TurnKind.Study, id, id[..1], IsAtWork);
        }
    }
}
