using System.ComponentModel;
using System.Reflection;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>The table of tampers: each is done to the true trails, and must be found by its name and where it is.</summary>
public sealed class AuditTamperTests(AuditedAccount account) : IClassFixture<AuditedAccount>
{
    public static TheoryData<string> Tampers => [.. AuditTampers.All.Select(tamper => tamper.What)];

    [Theory]
    [MemberData(nameof(Tampers))]
    public async Task What_was_tampered_with_is_found_and_named(string what)
    {
        await account.RestoreAsync();
        var (by, _, act, center, reason) = AuditTampers.All.Single(tamper => tamper.What == what);

        await act(new Thief(account, by), account);
        var trails = await account.VerifyAsync();

        var broken = trails.Single(trail => trail.Center == center);
        Assert.False(broken.Intact);
        Assert.Equal(broken.Findings[0], broken.BrokenAt);
        Assert.True(broken.BrokenAt!.Reason == reason, $"Not {reason}, but {string.Join("; ", broken.Findings)}");
        Assert.All(broken.Findings, finding => Assert.EndsWith(".", finding.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Somebody_who_writes_everywhere_but_among_the_anchors_and_has_no_key_is_told_apart_by_what_was_done()
    {
        string[] kinds =
        [
            "an event is edited", "an event is removed", "an event is put in", "two events change places", "an event is dated back, and the chain made to fit",
            "the end is cut off", "the end is cut off and the head deleted", "the end is cut off and the head forged", "the end is cut off and the head is one that was true before",
            "the whole is rewritten as if it had never been signed, and the anchors stay", "the whole is rewritten and signed, and nobody vouches for who did",
            "a prediction is dropped", "a prediction is edited", "a prediction is put in", "everything but the anchors is deleted",
        ];

        var tampers = kinds.Select(kind => AuditTampers.All.Single(tamper => tamper.What == kind)).ToList();

        Assert.All(tampers, tamper => Assert.Equal(ThiefPower.Writer, tamper.By));
        Assert.Equal(tampers.Count, tampers.Select(tamper => tamper.Reason).Distinct().Count());
        Assert.Equal(tampers.Count, tampers.Select(tamper => AuditReasons.SentenceOf(tamper.Reason)).Distinct().Count());
    }

    [Fact]
    public async Task A_thief_without_the_anchors_cannot_touch_them()
    {
        await account.RestoreAsync();
        var thief = new Thief(account, ThiefPower.Writer);
        var anchor = (await thief.Store.NamesAsync(Containers.AuditAnchors, "A/"))[0];

        await Assert.ThrowsAsync<InvalidOperationException>(() => thief.PutAsync(Containers.AuditAnchors, anchor, [1]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => thief.Store.Blob(Containers.AuditAnchors, anchor).DeleteAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => thief.SessionAsync());
        await thief.DeleteAsync("");

        Assert.NotEmpty(await account.Store.NamesAsync(Containers.AuditAnchors, "A/"));
    }

    [Fact]
    public async Task What_nobody_has_touched_is_intact_and_its_heads_are_told()
    {
        await account.RestoreAsync();

        var trails = await account.VerifyAsync();

        Assert.Equal([Containers.System, "A", "B"], trails.Select(trail => trail.Center));
        Assert.All(trails, trail => Assert.Empty(trail.Findings));
        Assert.All(trails, trail => Assert.True(trail is { Intact: true, KeysCompared: true, Unsigned: 0, Head.Hash.Length: 64, SignedSince: not null, AnchoredUntil: not null }));
        Assert.All(trails, trail => Assert.Equal([account.Key.Fingerprint], trail.Keys));
        Assert.Equal((3, 2), (trails[1].Records, trails[2].Records));
        Assert.True(trails[1].Head!.Number > trails[1].Events, "Closings of segments are lines, too.");
        Assert.True((await new Thief(account).SegmentsAsync("A")).Count >= 3, "There is no segment in the middle.");
    }

    /// <summary>With RADIOMICS_WRITE_DOCS=1 the table is written instead.</summary>
    [Fact]
    public void The_table_of_the_documentation_is_this_one()
    {
        const string Start = "<!-- tampers -->\n";
        const string End = "<!-- end of tampers -->";
        var page = Path.Combine(TestData.RepositoryRoot, "tests", "EndToEnd.Tests", "README.md");
        var text = File.ReadAllText(page);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, text.IndexOf(End, StringComparison.Ordinal));
        var rows = AuditTampers.All.Select(tamper => $"| {tamper.What} | {NameOf(tamper.By)} | `{tamper.Reason}` | {AuditReasons.SentenceOf(tamper.Reason)} |\n");
        var table = $"\n| what was done | by whom: may write | found as | which says |\n|---|---|---|---|\n{string.Concat(rows)}\n";
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
            File.WriteAllText(page, text[..start] + table + text[end..]);

        Assert.Equal(File.ReadAllText(page)[start..File.ReadAllText(page).IndexOf(End, StringComparison.Ordinal)], table);
    }

    [Fact]
    public void Every_reason_that_there_is_has_a_tamper_of_its_own() =>
        Assert.Empty(AuditReasons.All.Except(AuditTampers.All.Select(tamper => tamper.Reason)).Except([AuditReasons.OtherThanNoted, AuditReasons.TimestampWrong]));

    [Fact]
    public async Task The_service_goes_on_after_what_it_did_not_write_and_the_verification_tells_of_it_for_good()
    {
        await account.RestoreAsync();
        var thief = new Thief(account);
        await thief.AppendAsync("A", Thief.Event("read"), Thief.Unsigned);

        await account.GoOnAsync(2);

        var trail = (await account.VerifyAsync()).Single(trail => trail.Center == "A");
        Assert.Equal(AuditReasons.NotSigned, Assert.Single(trail.Findings).Reason);
    }

    [Fact]
    public async Task An_account_put_back_to_an_earlier_day_is_found_by_a_head_that_was_noted_down()
    {
        await account.RestoreAsync();
        var earlier = await account.SnapshotAsync();
        var before = (await account.VerifyAsync()).Select(trail => trail.Head!).ToList();
        await account.GoOnAsync(2);
        var noted = (await account.VerifyAsync()).Select(trail => NotedHead.TryParse($"{trail.Head}")!).ToList();
        Assert.All(await account.VerifyAsync(noted: before), trail => Assert.True(trail.Intact));
        Assert.All(await account.VerifyAsync(noted: noted), trail => Assert.True(trail.Intact));

        await account.RestoreAsync(earlier);

        Assert.All(await account.VerifyAsync(noted: before), trail => Assert.True(trail.Intact));
        Assert.Equal(AuditReasons.OtherThanNoted, Assert.Single((await account.VerifyAsync(noted: noted)).Single(trail => !trail.Intact).Findings).Reason);
    }

    [Fact]
    public async Task A_trail_rewritten_whole_by_somebody_with_the_key_is_found_by_a_head_that_was_noted_down()
    {
        await account.RestoreAsync();
        var thief = new Thief(account, ThiefPower.Key);
        var noted = (await account.VerifyAsync()).Select(trail => trail.Head!).ToList();

        await AuditTampers.RewriteAllAsync(thief, Thief.SignedBy(await thief.TrueSessionAsync()), deleteAnchors: true);

        Assert.Contains((await account.VerifyAsync(noted: noted)).Single(trail => trail.Center == "A").Findings, finding => finding.Reason == AuditReasons.OtherThanNoted);
    }

    [Fact]
    public async Task Where_no_key_is_compared_with_the_fingerprints_are_told()
    {
        await account.RestoreAsync();

        var trails = await account.VerifyAsync(AuditTrust.Unpinned);
        var others = await account.VerifyAsync(AuditTrust.Of([new Thief(account).Key.Fingerprint]));

        Assert.All(trails, trail => Assert.True(trail is { Intact: true, KeysCompared: false }));
        Assert.All(trails, trail => Assert.Equal([account.Key.Fingerprint], trail.Keys));
        Assert.All(others, trail => Assert.Equal(AuditReasons.KeyForeign, trail.BrokenAt!.Reason));
    }

    private static string NameOf(ThiefPower power) => typeof(ThiefPower).GetField($"{power}")!.GetCustomAttribute<DescriptionAttribute>()!.Description;
}
