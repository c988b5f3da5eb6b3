using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>What is wrong with a chain is found.</summary>
[Collection(nameof(KeptCollection))]
public sealed class AuditChainTests(AzuriteFixture azurite) : AuditTrailTest(azurite)
{
    [Fact]
    public async Task A_changed_event_is_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines[1] = lines[1].Replace("tested", "testet", StringComparison.Ordinal));

        await BreaksAsync(store, Segment(1), 2, "hash mismatch");
    }

    [Fact]
    public async Task An_event_taken_out_is_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(1));

        await BreaksAsync(store, Segment(1), 2, "event removed");
    }

    [Fact]
    public async Task A_line_longer_than_any_event_is_found_and_those_behind_it_are_in_their_places()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines[1] = new string('x', 2 << 20));

        await BreaksAsync(store, Segment(1), 2, "not an event");
        var verification = await Trail(store).VerifyAsync(Center);
        Assert.Equal(2, verification.Events);
        Assert.All(verification.Findings, finding => Assert.Equal(2, finding.Line));
    }

    [Fact]
    public async Task A_missing_segment_is_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Account.Unguarded(Azurite).Blob(Containers.Audit, Segment(2)).DeleteAsync();

        await BreaksAsync(store, Segment(2), 1, "missing segment");
    }

    [Fact]
    public async Task A_missing_first_segment_is_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Account.Unguarded(Azurite).Blob(Containers.Audit, Segment(1)).DeleteAsync();

        await BreaksAsync(store, Segment(2), 1, "missing segment");
    }

    [Fact]
    public async Task A_missing_last_segment_is_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Account.Unguarded(Azurite).Blob(Containers.Audit, Segment(3)).DeleteAsync();

        await BreaksAsync(store, Segment(3), 1, "missing segment");
    }

    [Fact]
    public async Task Events_cut_off_the_end_are_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(2));

        await BreaksAsync(store, Segment(1), 3, "truncated tail");
    }

    [Fact]
    public async Task A_half_written_event_is_found_and_nothing_is_appended_to_it()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.Add("{\"line\":3"), end: "");

        await BreaksAsync(store, Segment(1), 3, "truncated tail");
        await Assert.ThrowsAsync<InvalidDataException>(() => Trail(store).AppendAsync(Event("p-1/more")));
    }

    [Fact]
    public async Task Another_event_under_a_known_id_is_found()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);
        var session = await Account.SessionAsync(store, clock: new FixedClock(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));
        await RewriteAsync(Segment(1), lines =>
        {
            var last = AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(lines[1]))!;
            var other = Event("p-1/0") with { Digests = new Dictionary<string, string> { ["record"] = "ab12" } };
            lines.Add(AuditLine.Create(other, last.Time, last, 3, session).ToString());
        });

        await BreaksAsync(store, Segment(1), 3, "duplicate id");
    }

    [Fact]
    public async Task A_center_without_events_is_intact()
    {
        var verification = await Trail(await Account.StoreAsync(Azurite)).VerifyAsync(Center);
        Assert.True(verification.Intact);
        Assert.Equal(0, verification.Events);
    }
}
