using System.Text.Json.Nodes;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>What the service keeps of its verifications for people to look at.</summary>
[Collection(nameof(KeptCollection))]
public sealed class AuditVerdictTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();
    private readonly TickingClock _clock = new();

    [Fact]
    public async Task A_verdict_is_kept_and_asking_again_soon_makes_no_other()
    {
        var (verdicts, trail) = await VerdictsAsync();
        using var _ = trail;

        var first = await verdicts.VerifyAsync(_center);
        var second = await verdicts.VerifyAsync(_center);

        Assert.Equal((true, 2), (first!.Intact, first.Events));
        Assert.Equal(first.Time, second!.Time);
        Assert.Equal(first.Text(), (await verdicts.TryGetAsync(_center))!.Text());
        _clock.Pass(TimeSpan.FromHours(1));
        Assert.True((await verdicts.VerifyAsync(_center))!.Time > first.Time);
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_answered_by_one()
    {
        var (verdicts, trail) = await VerdictsAsync();
        using var _ = trail;
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => verdicts.VerifyAsync(_center)));
        Assert.Single(all.Select(verdict => verdict!.Time).Distinct());
        Assert.False(verdicts.IsRunning(_center));
    }

    [Fact]
    public async Task A_trail_that_was_changed_is_told_with_what_is_wrong()
    {
        var (verdicts, trail) = await VerdictsAsync();
        using var _ = trail;
        var segment = Assert.Single(await Account.Unguarded(azurite).NamesAsync(Containers.Audit, $"{_center}/20"));
        using var forged = new MemoryStream("{\"forged\":true}\n"u8.ToArray());
        await Account.Unguarded(azurite).AppendBlob(Containers.Audit, segment).AppendBlockAsync(forged);

        var verdict = (await verdicts.VerifyAsync(_center))!;

        Assert.False(verdict.Intact);
        Assert.Equal(new VerdictFinding($"audit/{segment}, line 3", "not an event", "There is something else in the place of an event."), Assert.Single(verdict.Findings));
    }

    [Fact]
    public async Task A_verdict_that_somebody_has_written_or_changed_is_none()
    {
        var (verdicts, trail) = await VerdictsAsync();
        using var _ = trail;
        await verdicts.VerifyAsync(_center);
        var blob = Account.Unguarded(azurite).Blob(Containers.AuditHeads, $"{_center}/verdict.json");
        var truth = (await blob.DownloadContentAsync()).Value.Content.ToString();
        foreach (var (member, value) in new (string, JsonNode?)[] { ("events", 4711), ("intact", false), ("time", "2027-01-01T00:00:00Z"), ("signer", null), ("center", "another"), ("signature", "AAAA") })
        {
            var changed = JsonNode.Parse(truth)!;
            changed[member] = value;
            await blob.UploadAsync(new BinaryData(changed.ToJsonString()), overwrite: true);
            Assert.True(await verdicts.TryGetAsync(_center) is null, member);
        }

        await blob.UploadAsync(new BinaryData("no verdict"), overwrite: true);
        Assert.Null(await verdicts.TryGetAsync(_center));
        await blob.UploadAsync(new BinaryData(truth), overwrite: true);
        Assert.NotNull(await verdicts.TryGetAsync(_center));
    }

    [Fact]
    public async Task Of_a_center_without_a_trail_nothing_is_kept_that_would_make_it_known()
    {
        var (verdicts, trail) = await VerdictsAsync();
        using var _ = trail;
        var nobody = Account.NewCenter();
        Assert.Null(await verdicts.VerifyAsync(nobody));
        Assert.Empty(await Account.Unguarded(azurite).NamesAsync(Containers.AuditHeads, nobody));
    }

    private async Task<(AuditVerdicts Verdicts, AuditTrail Trail)> VerdictsAsync()
    {
        var store = await Account.StoreAsync(azurite);
        var trail = new AuditTrail(store, Account.AuditKey, _clock);
        foreach (var id in (string[])["e/1", "e/2"])
            await trail.AppendAsync(new AuditEvent { Id = id, Center = _center, Actor = "tests", Action = "tested" });
        return (new AuditVerdicts(store, trail, new AuditReader(store), Account.AuditKey, new SecondAnchors(null), new AuditOptions(), _clock), trail);
    }
}
