using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>Heads and anchors of a chain, and what earlier versions left without them.</summary>
[Collection(nameof(KeptCollection))]
public sealed class AuditHeadTests(AzuriteFixture azurite) : AuditTrailTest(azurite)
{
    [Fact]
    public async Task The_head_lies_apart_from_what_is_never_overwritten()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);

        Assert.Equal([$"{Center}/head.json"], await store.NamesAsync(Containers.AuditHeads, Center + "/"));
        Assert.Equal(2, (await AuditHead.ReadAsync(store, Center, default))!.Line);
    }

    [Fact]
    public async Task A_head_of_an_earlier_version_counts_where_it_lies_and_what_it_tells_of_is_not_lost()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await MakeEarlierAsync(store);
        var head = await store.TextAsync(Containers.AuditHeads, $"{Center}/head.json");
        await store.Blob(Containers.AuditHeads, $"{Center}/head.json").DeleteAsync();
        await Account.Unguarded(Azurite).PutAsync(Containers.Audit, $"{Center}/head.json", head);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(2));
        Assert.Contains((await Trail(store).VerifyAsync(Center)).Findings, finding => finding is { Reason: AuditReasons.TruncatedTail, Line: 3 });

        await Trail(store).MigrateAsync();
        await Trail(store).AppendAsync(Event("p-1/more"));

        Assert.Equal([$"{Center}/head.json"], await store.NamesAsync(Containers.AuditHeads, Center + "/"));
        await BreaksAsync(store, Segment(1), 3, AuditReasons.OtherThanAnchored);
    }

    [Fact]
    public async Task The_first_event_and_those_that_end_something_are_anchored_at_once_and_the_others_when_asked()
    {
        var store = await Account.StoreAsync(Azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/received") with { IsPassing = true });
        await trail.AppendAsync(Event("p-1/ingest") with { IsPassing = true });
        await trail.AppendAsync(Event("p-1/publish"));
        await trail.AppendAsync(Event("p-1/return") with { IsPassing = true });
        Assert.Equal([Anchor(1), Anchor(3)], await store.NamesAsync(Containers.AuditAnchors, Center + "/"));
        Assert.Equal((4, Anchor(3)), await HeadAsync(store));

        await Trail(store).AnchorAsync();
        await Trail(store).AnchorAsync();

        Assert.Equal([Anchor(1), Anchor(3), Anchor(4)], await store.NamesAsync(Containers.AuditAnchors, Center + "/"));
        Assert.Equal((4, Anchor(4)), await HeadAsync(store));
        var named = await Task.WhenAll(new[] { 1, 3, 4 }.Select(async line => (await store.TryReadJsonAsync<AuditHead>(Containers.AuditAnchors, Anchor(line)))!.Anchor ?? ""));
        Assert.Equal(["", Anchor(1), Anchor(3)], named);
        var verification = await Trail(store).VerifyAsync(Center);
        Assert.True(verification is { Intact: true, Anchors: 3 });
    }

    [Fact]
    public async Task A_step_that_died_before_its_end_was_anchored_anchors_it_when_it_runs_again()
    {
        var store = await Account.StoreAsync(Azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/received") with { IsPassing = true });
        await trail.AppendAsync(Event("p-1/publish") with { IsPassing = true });

        await trail.AppendAsync(Event("p-1/publish"));
        await trail.AppendAsync(Event("p-1/publish"));

        Assert.Equal([Anchor(1), Anchor(2)], await store.NamesAsync(Containers.AuditAnchors, Center + "/"));
        Assert.True(await trail.VerifyAsync(Center) is { Intact: true, Events: 2 });
    }

    [Fact]
    public async Task What_a_process_that_died_left_without_anchor_or_head_is_no_tampering_and_is_anchored_when_the_next_starts()
    {
        var store = await Account.StoreAsync(Azurite);
        await Trail(store).AppendAsync(Event("p-1/received"));
        var unguarded = Account.Unguarded(Azurite);
        await unguarded.Blob(Containers.AuditAnchors, Anchor(1)).DeleteAsync();
        await unguarded.Blob(Containers.AuditHeads, $"{Center}/head.json").DeleteAsync();
        Assert.True((await Trail(store).VerifyAsync(Center)).Intact);

        await Trail(store).MigrateAsync();

        Assert.Equal((1, Anchor(1)), await HeadAsync(store));
        Assert.True(await Trail(store).VerifyAsync(Center) is { Intact: true, Anchors: 1 });
    }

    [Fact]
    public async Task A_head_with_nothing_in_it_keeps_nothing_from_being_appended_and_anchored()
    {
        var store = await Account.StoreAsync(Azurite);
        await Trail(store).AppendAsync(Event("p-1/received"));
        foreach (var act in (Func<Task>[])[() => Trail(store).AnchorAsync(), () => Trail(store).MigrateAsync(), () => Trail(store).AppendAsync(Event("p-1/publish"))])
        {
            await store.PutAsync(Containers.AuditHeads, $"{Center}/head.json", "{}");
            await act();
        }

        Assert.Equal((2, Anchor(2)), await HeadAsync(store));
        Assert.True((await Trail(store).VerifyAsync(Center)).Intact);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_cut_off_before_they_were_anchored_are_found_though_the_service_went_on(bool sameProcess)
    {
        var store = await Account.StoreAsync(Azurite);
        var trail = Trail(store);
        for (var i = 0; i < 4; i++)
            await trail.AppendAsync(Event($"p-1/{i}") with { IsPassing = true });
        await RewriteAsync(Segment(1), lines => lines.RemoveRange(2, 2));

        var next = sameProcess ? trail : Trail(store);
        for (var i = 4; i < 9; i++)
            await next.AppendAsync(Event($"p-1/{i}"));

        Assert.Equal(AuditReasons.OtherThanAnchored, (await trail.VerifyAsync(Center)).BrokenAt!.Reason);
    }

    [Fact]
    public async Task Events_cut_off_before_they_were_anchored_are_found_though_the_rest_was_anchored_since()
    {
        var store = await Account.StoreAsync(Azurite);
        for (var i = 0; i < 4; i++)
            await Trail(store).AppendAsync(Event($"p-1/{i}") with { IsPassing = true });
        await RewriteAsync(Segment(1), lines => lines.RemoveRange(2, 2));

        await Trail(store).AnchorAsync();

        Assert.Equal(AuditReasons.AnchoredLineMissing, (await Trail(store).VerifyAsync(Center)).BrokenAt!.Reason);
    }

    [Fact]
    public async Task A_trail_of_an_earlier_version_is_signed_at_its_end_and_says_since_when()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await MakeEarlierAsync(store);
        Assert.Equal(AuditReasons.NeverSigned, (await Trail(store).VerifyAsync(Center)).BrokenAt!.Reason);

        await Trail(store).MigrateAsync();
        await Trail(store).MigrateAsync();
        await Trail(store).AppendAsync(Event("p-1/more"));

        var verification = await Trail(store).VerifyAsync(Center);
        Assert.Empty(verification.Findings);
        Assert.Equal((5, 3, 2), (verification.Events, verification.Unsigned, verification.Anchors));
        Assert.Equal(new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc), verification.SignedSince);

        await RewriteAsync(Segment(1), lines => lines[0] = Thief.Unsigned(AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(lines[0]))! with { Actor = "other" }).ToString());
        Assert.Equal(AuditReasons.ChainBroken, (await Trail(store).VerifyAsync(Center)).BrokenAt!.Reason);
    }

    [Fact]
    public async Task A_trail_that_has_anchors_and_no_signature_at_its_end_is_not_signed_after_the_fact()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await MakeEarlierAsync(store, keepAnchors: true);

        await Trail(store).MigrateAsync();

        Assert.DoesNotContain("signing-begun", await store.TextAsync(Containers.Audit, Segment(1)), StringComparison.Ordinal);
        Assert.False((await Trail(store).VerifyAsync(Center)).Intact);
    }

    [Fact]
    public async Task A_chain_that_cannot_be_read_keeps_no_other_from_being_anchored()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.Add("{"), end: "");
        var other = Account.NewCenter() + "z";
        await Trail(store).AppendAsync(Event("p-1/a") with { Center = other });
        await Trail(store).AppendAsync(Event("p-1/b") with { Center = other, IsPassing = true });

        await Trail(store).AnchorAsync();

        Assert.Equal(2, (await store.NamesAsync(Containers.AuditAnchors, other + "/")).Count);
    }
}
