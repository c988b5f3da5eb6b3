using System.Text;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>Reading a trail backwards, a page at a time.</summary>
[Collection(nameof(KeptCollection))]
public sealed class AuditReaderTests(AzuriteFixture azurite)
{
    private const int SegmentEvents = 40;

    private readonly string _center = Account.NewCenter();
    private readonly TickingClock _clock = new();

    [Fact]
    public async Task Every_event_is_on_one_page_the_newest_first()
    {
        var store = await WriteAsync(events: 130, bytes: 10);

        List<AuditPage> pages = [];
        for (string? after = null; pages.Count == 0 || after is not null; after = pages[^1].Next)
            pages.Add(await new AuditReader(store).ReadAsync(_center, new AuditQuery { After = after }));

        Assert.Equal([AuditReader.PageEvents, AuditReader.PageEvents, 30], pages.Select(page => page.Events.Count));
        Assert.Equal(Enumerable.Range(1, 130).Reverse().Select(number => $"e/{number}"), pages.SelectMany(page => page.Events).Select(entry => entry.Event.Id));
        Assert.All(pages.SelectMany(page => page.Events), entry => Assert.True(entry.HasItsHash));
    }

    [Fact]
    public async Task A_page_that_finds_nothing_reads_no_more_than_it_may_and_says_where_to_go_on()
    {
        var store = await WriteAsync(events: 100, bytes: 60_000);
        var query = new AuditQuery { Subject = "e/3" };

        var first = await new AuditReader(store).ReadAsync(_center, query);
        var second = await new AuditReader(store).ReadAsync(_center, query with { After = first.Next });

        Assert.Empty(first.Events);
        Assert.NotNull(first.Next);
        Assert.InRange(first.Until!.Value, await TimeOfAsync(store, 20), await TimeOfAsync(store, 45));
        Assert.Equal("e/3", Assert.Single(second.Events).Event.Id);
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData(10, 60_000)]
    [InlineData(77, 60_000)]
    [InlineData(99, 60_000)]
    [InlineData(41, 10)]
    public async Task A_time_is_found_wherever_it_is(int number, int bytes)
    {
        var store = await WriteAsync(events: 100, bytes);
        var (from, until) = (await TimeOfAsync(store, number - 2), await TimeOfAsync(store, number));

        var page = await new AuditReader(store).ReadAsync(_center, new AuditQuery { From = from, Until = until });

        Assert.Equal([$"e/{number - 1}", $"e/{number - 2}"], page.Events.Select(entry => entry.Event.Id));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task What_is_no_event_hides_none_and_what_was_changed_is_told()
    {
        var store = await WriteAsync(events: 6, bytes: 10);
        var blob = Account.Unguarded(azurite).AppendBlob(Containers.Audit, Assert.Single(await store.NamesAsync(Containers.Audit, $"{_center}/20")));
        var text = (await blob.DownloadContentAsync()).Value.Content.ToString().Replace("\"id\":\"e/4\"", "\"id\":\"e/x\"", StringComparison.Ordinal);
        await blob.DeleteAsync();
        await blob.CreateAsync();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text + new string('#', 300_000) + "\n{\"no\":\"event\"}\n"));
        await blob.AppendBlockAsync(content);

        var page = await new AuditReader(store).ReadAsync(_center, new AuditQuery());

        Assert.Equal(["e/6", "e/5", "e/x", "e/3", "e/2", "e/1"], page.Events.Select(entry => entry.Event.Id));
        Assert.Equal(["e/x"], page.Events.Where(entry => !entry.HasItsHash).Select(entry => entry.Event.Id));
    }

    [Fact]
    public async Task Who_only_read_is_left_out_or_found_by_one_of_many_things()
    {
        var store = await Account.StoreAsync(azurite);
        using var trail = new AuditTrail(store, Account.AuditKey, _clock);
        await trail.AppendAsync(new AuditEvent { Id = "r/1", Center = _center, Actor = "key:1", Action = "read", Subjects = new Dictionary<string, string> { ["kind"] = "prediction", ["ids"] = "p-1 p-2" } });
        await trail.AppendAsync(new AuditEvent { Id = "e/1", Center = _center, Actor = "key:1", Action = "tested", Subjects = new Dictionary<string, string> { ["prediction"] = "p-3" } });
        var reader = new AuditReader(store);

        Assert.Equal(["e/1"], await IdsAsync(new() { WithoutReads = true }));
        Assert.Equal(["r/1"], await IdsAsync(new() { WithoutReads = true, Action = "read" }));
        Assert.Equal(["r/1"], await IdsAsync(new() { Subject = "p-2" }));
        Assert.Empty(await IdsAsync(new() { Subject = "p-" }));
        Assert.Empty(await IdsAsync(new() { Actor = "key:2" }));
        Assert.Equal(["e/1", "r/1"], await IdsAsync(new() { After = "nonsense" }));

        async Task<IEnumerable<string>> IdsAsync(AuditQuery query) => (await reader.ReadAsync(_center, query)).Events.Select(entry => entry.Event.Id);
    }

    [Fact]
    public async Task A_center_without_a_trail_has_no_events()
    {
        var page = await new AuditReader(await Account.StoreAsync(azurite)).ReadAsync(_center, new AuditQuery());
        Assert.Empty(page.Events);
        Assert.Equal((null, null), (page.Next, page.Until));
    }

    private async Task<BlobStore> WriteAsync(int events, int bytes)
    {
        var store = await Account.StoreAsync(azurite);
        using var trail = new AuditTrail(store, Account.AuditKey, _clock, SegmentEvents);
        for (var number = 1; number <= events; number++)
        {
            await trail.AppendAsync(new AuditEvent
            {
                Id = $"e/{number}",
                Center = _center,
                Actor = "tests",
                Action = "tested",
                Subjects = new Dictionary<string, string> { ["text"] = new('x', bytes) },
                IsPassing = number > 1,
            });
        }

        return store;
    }

    private async Task<DateTime> TimeOfAsync(BlobStore store, int number) =>
        (await AuditSegments.EventsAsync(store, _center, default).FirstAsync(line => line.Id == $"e/{number}")).Time;
}
