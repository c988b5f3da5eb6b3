using System.ComponentModel;
using System.Reflection;
using System.Text;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>The table of tampers: each is done to the true trails, and must be found by its name and where it is.</summary>
public sealed class AuditTamperTests(AuditedAccount account) : IClassFixture<AuditedAccount>
{
    private static readonly AuditEvent _purge = Thief.Event("expired-deleted", ("period", "Predictions"));

    // By whom and what is done, the trail that is broken by it, and how it is found there first of all.
    private static readonly (ThiefPower By, string What, Func<Thief, AuditedAccount, Task> Do, string Center, string Reason)[] _tampers =
    [
        // Events.
        (ThiefPower.Writer, "an event is edited", (t, _) => InFirstAsync(t, lines => lines[1] = lines[1] with { Actor = "somebody" }), "A", AuditReasons.HashMismatch),
        (ThiefPower.Writer, "an event is edited, and its hash", (t, _) => InFirstAsync(t, lines => lines[1] = WithHash(lines[1] with { Actor = "somebody" })), "A", AuditReasons.SignatureWrong),
        (ThiefPower.Writer, "an event is edited, and the chain made to fit", async (t, _) => await t.RewriteAsync("A", 0, Edit, Thief.KeepingSignatures(await FirstSignatureAsync(t))), "A", AuditReasons.SignatureWrong),
        (ThiefPower.Writer, "an event is edited, and the chain goes on without signatures", (t, _) => t.RewriteAsync("A", 1, Edit, Thief.Unsigned), "A", AuditReasons.NotSigned),
        (ThiefPower.Account, "an event is edited, and the chain signed by a key of the thief's", async (t, _) => await t.RewriteAsync("A", 1, Edit, Thief.SignedBy(await t.SessionAsync())), "A", AuditReasons.KeyForeign),
        (ThiefPower.Account, "the same, and the certificate names the service's key", ForgeCertificateAsync, "A", AuditReasons.SignerForged),
        (ThiefPower.Writer, "the same, and there is no certificate", SignWithoutCertificateAsync, "A", AuditReasons.SignerUnknown),
        (ThiefPower.Writer, "an event is removed", (t, _) => InFirstAsync(t, lines => lines.RemoveAt(2)), "A", AuditReasons.EventRemoved),
        (ThiefPower.Writer, "an event is removed, and the chain made to fit", async (t, _) => await t.RewriteAsync("A", 0, lines => lines.RemoveAt(2), Thief.KeepingSignatures(await FirstSignatureAsync(t))), "A", AuditReasons.SignatureWrong),
        (ThiefPower.Writer, "an event is put in", (t, _) => InFirstAsync(t, lines => lines.Insert(2, lines[1])), "A", AuditReasons.EventInserted),
        (ThiefPower.Writer, "an event of the thief's is put in", (t, _) => InFirstAsync(t, lines => lines.Insert(2, Thief.Unsigned(lines[1] with { Line = 3, PreviousHash = lines[1].Hash! }))), "A", AuditReasons.NotSigned),
        (ThiefPower.Writer, "an event is put in, and the chain made to fit", (t, _) => t.RewriteAsync("A", 1, lines => lines.Insert(1, lines[1]), Thief.Unsigned), "A", AuditReasons.NotSigned),
        (ThiefPower.Writer, "an event is appended, well chained", (t, _) => t.AppendAsync("A", Thief.Event("read"), Thief.Unsigned), "A", AuditReasons.NotSigned),
        (ThiefPower.Writer, "an event is appended with another's signature", async (t, _) => await t.AppendAsync("A", Thief.Event("read"), Thief.KeepingSignatures(await FirstSignatureAsync(t))), "A", AuditReasons.SignatureWrong),
        (ThiefPower.Writer, "an event is dated back, and the chain made to fit", (t, _) => InFirstAsync(t, DateBack), "A", AuditReasons.TimeBackwards),
        (ThiefPower.Writer, "two events change places", (t, _) => InFirstAsync(t, lines => (lines[1], lines[2]) = (lines[2], lines[1])), "A", AuditReasons.EventMoved),
        (ThiefPower.Writer, "two segments change places", SwapSegmentsAsync, "A", AuditReasons.MissingSegment),
        (ThiefPower.Writer, "another center's trail is put in its place", CopyTrailAsync, "A", AuditReasons.OtherCenter),
        (ThiefPower.Writer, "the first segment is deleted", async (t, _) => await DeleteSegmentAsync(t, 0), "A", AuditReasons.MissingSegment),
        (ThiefPower.Writer, "a segment in the middle is deleted", async (t, _) => await DeleteSegmentAsync(t, 1), "A", AuditReasons.MissingSegment),
        (ThiefPower.Writer, "the last segment is deleted", async (t, _) => await DeleteSegmentAsync(t, ^1), "A", AuditReasons.MissingSegment),
        (ThiefPower.Writer, "bytes that are no event are appended", AppendBytesAsync, "A", AuditReasons.TruncatedTail),
        (ThiefPower.Writer, "an event with nothing in it is appended", AppendEmptyAsync, "A", AuditReasons.NotAnEvent),
        (ThiefPower.Writer, "an event is appended whose writer has no possible name", (t, _) => t.AppendAsync("A", Thief.Event("read"), line => WithHash(line with { Signer = new('x', 2000) })), "A", AuditReasons.SignerUnknown),

        // Heads.
        (ThiefPower.Writer, "the end is cut off", (t, _) => t.TruncateAsync("A", 1), "A", AuditReasons.TruncatedTail),
        (ThiefPower.Writer, "the end is cut off and the head deleted", async (t, _) => await CutAsync(t, () => t.DeleteAsync("A/head", [Containers.Audit])), "A", AuditReasons.CutWithoutHead),
        (ThiefPower.Writer, "the end is cut off and the head forged", async (t, a) => await CutAsync(t, () => ForgeHeadAsync(t, a, sign: false)), "A", AuditReasons.CutWithForgedHead),
        (ThiefPower.Writer, "the end is cut off and the head signed by a key of the thief's", async (t, a) => await CutAsync(t, () => ForgeHeadAsync(t, a, sign: true)), "A", AuditReasons.CutWithForgedHead),
        (ThiefPower.Writer, "the end is cut off and the head is one that was true before", async (t, _) => await CutAsync(t, () => t.RollHeadBackAsync("A", 1)), "A", AuditReasons.AnchoredLineMissing),
        (ThiefPower.Writer, "the last segment is deleted and the head is one that was true before", RollBackASegmentAsync, "A", AuditReasons.AnchoredLineMissing),
        (ThiefPower.Writer, "the head alone is deleted", (t, _) => t.DeleteAsync("A/head", [Containers.Audit]), "A", AuditReasons.HeadMissing),
        (ThiefPower.Writer, "the head is forged", (t, _) => t.PutAsync(Containers.AuditHeads, "A/head.json", Encoding.UTF8.GetBytes("{}")), "A", AuditReasons.HeadForged),
        (ThiefPower.Writer, "the head is another center's", HeadOfAnotherAsync, "A", AuditReasons.MissingSegment),

        // Anchors, as far as somebody gets at them.
        (ThiefPower.Account, "an anchor is deleted", async (t, _) => await DeleteAnchorAsync(t, 1), "A", AuditReasons.AnchorMissing),
        (ThiefPower.Account, "the newest anchor is deleted", async (t, _) => await DeleteAnchorAsync(t, ^1), "A", AuditReasons.AnchorMissing),
        (ThiefPower.Account, "all anchors are deleted", (t, _) => t.DeleteAsync("A/", [.. Containers.All.Except([Containers.AuditAnchors])]), "A", AuditReasons.AnchorMissing),
        (ThiefPower.Account, "all anchors are deleted and the head is of before them", async (t, a) => await WithoutAnchorsAsync(t, a), "A", AuditReasons.AnchorMissing),
        (ThiefPower.Account, "an anchor is edited", EditAnchorAsync, "A", AuditReasons.AnchorForged),
        (ThiefPower.Account, "an anchor is put in", async (t, _) => await t.PutAsync(Containers.AuditAnchors, "A/2026-11-000001-000002.json", Encoding.UTF8.GetBytes("{}")), "A", AuditReasons.AnchorForged),
        (ThiefPower.Account, "something else is put among the anchors", async (t, _) => await t.PutAsync(Containers.AuditAnchors, "A/x.json", [1]), "A", AuditReasons.AnchorForged),
        (ThiefPower.Account, "an anchor is another one's copy", CopyAnchorAsync, "A", AuditReasons.AnchorForged),
        (ThiefPower.Account, "the certificates lose their signatures", UnsignCertificatesAsync, "A", AuditReasons.SignerForged),
        (ThiefPower.Account, "the certificates are deleted", (t, _) => t.DeleteAsync("_signers/"), "A", AuditReasons.SignerUnknown),

        // All at once.
        (ThiefPower.Account, "the whole is rewritten as if it had never been signed", async (t, _) => await RewriteAllAsync(t, Thief.Unsigned, deleteAnchors: true), "A", AuditReasons.NeverSigned),
        (ThiefPower.Writer, "the whole is rewritten as if it had never been signed, and the anchors stay", async (t, _) => await RewriteAllAsync(t, Thief.Unsigned, deleteAnchors: false), "A", AuditReasons.NeverSigned),
        (ThiefPower.Writer, "the whole is rewritten and signed, and nobody vouches for who did", async (t, _) => await RewriteAllAsync(t, Thief.SignedBy(await t.UnknownSessionAsync()), deleteAnchors: false), "A", AuditReasons.SignerUnknown),
        (ThiefPower.Account, "the whole is rewritten and signed by a key of the thief's", async (t, _) => await RewriteAllAsync(t, Thief.SignedBy(await t.SessionAsync()), deleteAnchors: false), "A", AuditReasons.KeyForeign),
        (ThiefPower.Key, "the whole is rewritten by somebody with the key, and the anchors stay", (t, _) => RewriteWithKeyAsync(t), "A", AuditReasons.OtherThanAnchored),
        (ThiefPower.Account, "a center's trail is deleted with heads and anchors", (t, _) => t.DeleteAsync("A/", [Containers.Predictions]), "A", AuditReasons.NoTrail),
        (ThiefPower.Account, "a center is deleted whole", (t, _) => t.DeleteAsync("A/"), "A", AuditReasons.NoTrail),
        (ThiefPower.Writer, "trails and heads are deleted, and the anchors stay", (t, _) => t.DeleteAsync("", [.. Containers.All.Except([Containers.Audit, Containers.AuditHeads])]), "B", AuditReasons.NoTrail),
        (ThiefPower.Writer, "the trail of what belongs to no center is deleted", (t, _) => t.DeleteAsync("_system/"), Containers.System, AuditReasons.NoTrail),
        (ThiefPower.Writer, "everything but the anchors is deleted", (t, _) => t.DeleteAsync(""), Containers.System, AuditReasons.NoTrail),
        (ThiefPower.Account, "everything is deleted", (t, _) => t.DeleteAsync(""), Containers.System, AuditReasons.NoTrail),

        // Prediction records.
        (ThiefPower.Writer, "a prediction is dropped", (t, a) => t.DeleteAsync($"A/by-id/{a.Succeeded}"), "A", AuditReasons.RecordMissing),
        (ThiefPower.Writer, "a prediction is dropped, and a forged event says that it had expired", DropWithEventAsync, "A", AuditReasons.NotSigned),
        (ThiefPower.Writer, "a prediction is edited", EditRecordAsync, "A", AuditReasons.RecordChanged),
        (ThiefPower.Writer, "a prediction is edited, and a forged event has its digest", EditRecordWithEventAsync, "A", AuditReasons.NotSigned),
        (ThiefPower.Writer, "a prediction is what it was before it was made again", async (t, a) => await t.PutAsync(Containers.Predictions, $"A/by-id/{a.Remade}.json", a.Fault), "A", AuditReasons.RecordChanged),
        (ThiefPower.Writer, "a prediction is another one's copy", CopyRecordAsync, "A", AuditReasons.RecordChanged),
        (ThiefPower.Writer, "a prediction is put in", async (t, a) => await t.PutAsync(Containers.Predictions, $"A/by-id/{PredictionId.OfUpload("x")}.json", Encoding.UTF8.GetBytes("{}")), "A", AuditReasons.RecordUnknown),
        (ThiefPower.Writer, "a report is edited", async (t, a) => await t.PutAsync(Containers.Predictions, $"A/by-id/{a.Succeeded}.html", Encoding.UTF8.GetBytes("<p>other</p>")), "A", AuditReasons.ReportChanged),
        (ThiefPower.Writer, "a report is deleted", (t, a) => t.DeleteAsync($"A/by-id/{a.Succeeded}.html"), "A", AuditReasons.ReportChanged),
        (ThiefPower.Writer, "a report is put in", async (t, a) => await t.PutAsync(Containers.Predictions, $"A/by-id/{a.Succeeded}.sr.dcm", [1]), "A", AuditReasons.ReportChanged),

        // API keys.
        (ThiefPower.Writer, "an API key is put in", async (t, a) => await PutKeyAsync(t, a, key => key with { Id = "00112233445566aa" }), "A", AuditReasons.KeyUnknown),
        (ThiefPower.Writer, "an API key without an id is put in", PutNamelessKeyAsync, "A", AuditReasons.KeyUnknown),
        (ThiefPower.Writer, "an API key is put in for a center that there is nothing else of", async (t, a) => await PutKeyAsync(t, a, key => key with { Id = "00112233445566aa", Center = "C" }), "C", AuditReasons.KeyUnknown),
        (ThiefPower.Writer, "an API key gets more rights", async (t, a) => await PutKeyAsync(t, a, key => key with { Rights = [Right.Read, Right.Approve] }), "A", AuditReasons.KeyChanged),
        (ThiefPower.Writer, "an API key gets another secret", async (t, a) => await PutKeyAsync(t, a, key => key with { Sha256 = AuditLine.Genesis }), "A", AuditReasons.KeyChanged),
        (ThiefPower.Writer, "an API key is another center's", async (t, a) => await PutKeyAsync(t, a, key => key with { Center = "B" }), "B", AuditReasons.KeyUnknown),
        (ThiefPower.Writer, "an API key that was revoked is taken again", async (t, a) => await PutKeyAsync(t, a, key => key with { Revoked = null }, revoked: true), "A", AuditReasons.KeyChanged),

        // By somebody who has the key, or had it for a day.
        (ThiefPower.Key, "times run backwards", async (t, _) => await t.AppendAsync("A", Thief.Event("read"), Thief.SignedBy(await t.TrueSessionAsync()), last => last.Time.AddSeconds(-1)), "A", AuditReasons.TimeBackwards),
        (ThiefPower.Key, "an event is chained to another one than the one before it", AppendUnchainedAsync, "A", AuditReasons.ChainBroken),
        (ThiefPower.Key, "a process's key signs outside its day", async (t, _) => await t.AppendAsync("A", _purge, Thief.SignedBy(await t.TrueSessionAsync(new(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc)))), "A", AuditReasons.SignerOutdated),
        (ThiefPower.Key, "a step says two things", TwiceAsync, "A", AuditReasons.DuplicateId),
    ];

    public static TheoryData<string> Tampers => [.. _tampers.Select(tamper => tamper.What)];

    [Theory]
    [MemberData(nameof(Tampers))]
    public async Task What_was_tampered_with_is_found_and_named(string what)
    {
        await account.RestoreAsync();
        var (by, _, act, center, reason) = _tampers.Single(tamper => tamper.What == what);

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

        var tampers = kinds.Select(kind => _tampers.Single(tamper => tamper.What == kind)).ToList();

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
        var rows = _tampers.Select(tamper => $"| {tamper.What} | {NameOf(tamper.By)} | `{tamper.Reason}` | {AuditReasons.SentenceOf(tamper.Reason)} |\n");
        var table = $"\n| what was done | by whom: may write | found as | which says |\n|---|---|---|---|\n{string.Concat(rows)}\n";
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
            File.WriteAllText(page, text[..start] + table + text[end..]);

        Assert.Equal(File.ReadAllText(page)[start..File.ReadAllText(page).IndexOf(End, StringComparison.Ordinal)], table);
    }

    [Fact]
    public void Every_reason_that_there_is_has_a_tamper_of_its_own() =>
        Assert.Empty(AuditReasons.All.Except(_tampers.Select(tamper => tamper.Reason)).Except([AuditReasons.NotAnEvent, AuditReasons.OtherThanNoted, AuditReasons.TimestampWrong]));

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

        await RewriteAllAsync(thief, Thief.SignedBy(await thief.TrueSessionAsync()), deleteAnchors: true);

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

    private static void DateBack(List<AuditLine> lines)
    {
        lines[2] = lines[2] with { Time = lines[1].Time.AddHours(-1) };
        Thief.Relink(lines, 2);
    }

    private static void Edit(List<AuditLine> lines) => lines[1] = lines[1] with { Actor = "somebody" };

    private static AuditLine WithHash(AuditLine line) => line with { Hash = line.ComputeHash() };

    private static async Task InFirstAsync(Thief thief, Action<List<AuditLine>> change) => await thief.EditAsync((await thief.SegmentsAsync("A"))[0], change);

    private static async Task<byte[]> FirstSignatureAsync(Thief thief) => (await thief.ReadAsync((await thief.SegmentsAsync("A"))[0]))[0].Signature!;

    private static async Task CutAsync(Thief thief, Func<Task> then)
    {
        await thief.TruncateAsync("A", 1);
        await then();
    }

    private static async Task ForgeCertificateAsync(Thief thief, AuditedAccount account)
    {
        var issuer = (await account.Key.PublicKeysAsync())[0];
        await thief.RewriteAsync("A", 1, Edit, Thief.SignedBy(await thief.SessionAsync(thief.Key, DateTime.UnixEpoch, certificate => certificate with { Issuer = issuer })));
    }

    private static async Task SignWithoutCertificateAsync(Thief thief, AuditedAccount account)
    {
        var session = await thief.UnknownSessionAsync();
        await thief.RewriteAsync("A", 1, Edit, Thief.SignedBy(session));
    }

    private static async Task SwapSegmentsAsync(Thief thief, AuditedAccount account)
    {
        var names = await thief.SegmentsAsync("A");
        var contents = await Task.WhenAll(names.Take(2).Select(async name => (await thief.Store.Blob(Containers.Audit, name).DownloadContentAsync()).Value.Content.ToArray()));
        await thief.PutAsync(Containers.Audit, names[0], contents[1]);
        await thief.PutAsync(Containers.Audit, names[1], contents[0]);
    }

    private static async Task CopyTrailAsync(Thief thief, AuditedAccount account)
    {
        await DeleteSegmentAsync(thief, ..);
        foreach (var name in await thief.SegmentsAsync("B"))
            await thief.PutAsync(Containers.Audit, $"A{name[1..]}", (await thief.Store.Blob(Containers.Audit, name).DownloadContentAsync()).Value.Content.ToArray());
    }

    private static Task DeleteSegmentAsync(Thief thief, Index index) => DeleteSegmentAsync(thief, index..(index.IsFromEnd ? ^(index.Value - 1) : index.Value + 1));

    private static async Task DeleteSegmentAsync(Thief thief, Range range)
    {
        foreach (var name in (await thief.SegmentsAsync("A")).Take(range).ToList())
            await thief.Store.Blob(Containers.Audit, name).DeleteAsync();
    }

    private static async Task AppendBytesAsync(Thief thief, AuditedAccount account) =>
        await thief.Store.AppendBlob(Containers.Audit, (await thief.SegmentsAsync("A"))[^1]).AppendBlockAsync(new MemoryStream([1, 2, 3]));

    private static async Task AppendEmptyAsync(Thief thief, AuditedAccount account) => await thief.Store.AppendBlob(Containers.Audit, (await thief.SegmentsAsync("A"))[^1]).AppendBlockAsync(new MemoryStream(
        Encoding.UTF8.GetBytes("""{"line":1,"id":null,"time":"2026-11-23T12:00:00Z","center":"A","actor":"x","action":"prediction-published","subjects":null,"digests":{"record":null},"previousHash":null}""" + "\n")));

    private static async Task UnsignCertificatesAsync(Thief thief, AuditedAccount account)
    {
        foreach (var name in await thief.Store.NamesAsync(Containers.AuditAnchors, SignerCertificate.Folder))
        {
            var certificate = BlobStore.Parse<SignerCertificate>((await thief.Store.Blob(Containers.AuditAnchors, name).DownloadContentAsync()).Value.Content);
            await thief.PutAsync(Containers.AuditAnchors, name, BlobStore.Json(certificate with { Signature = null! }).ToArray());
        }
    }

    private static async Task PutNamelessKeyAsync(Thief thief, AuditedAccount account) => await thief.PutAsync(
        Containers.Keys,
        "00112233445566aa.json",
        Encoding.UTF8.GetBytes("""{"id":null,"center":"A","rights":null,"label":null,"sha256":null,"created":"2026-11-23T12:00:00Z"}"""));

    private static async Task ForgeHeadAsync(Thief thief, AuditedAccount account, bool sign)
    {
        var segment = (await thief.SegmentsAsync("A"))[^1];
        var last = (await thief.ReadAsync(segment))[^1];
        var anchor = (await thief.Store.NamesAsync(Containers.AuditAnchors, "A/"))[0];
        var head = sign
            ? AuditHead.Sign(segment, last.Line, last.Hash!, anchor, DateTime.UtcNow, await thief.UnknownSessionAsync())
            : (await AuditHead.ReadAsync(thief.Store, "A", default))! with { Line = last.Line, Hash = last.Hash! };
        await thief.PutAsync(Containers.AuditHeads, "A/head.json", BlobStore.Json(head).ToArray());
    }

    private static async Task RollBackASegmentAsync(Thief thief, AuditedAccount account)
    {
        var segments = await thief.SegmentsAsync("A");
        var names = await thief.Store.NamesAsync(Containers.AuditAnchors, "A/");
        await DeleteSegmentAsync(thief, ^1);
        await thief.RollHeadBackAsync("A", names.Count - names.FindLastIndex(name => AuditAnchors.PositionOf(name)!.Value.Segment.Blob != segments[^1]) - 1);
    }

    private static async Task HeadOfAnotherAsync(Thief thief, AuditedAccount account) =>
        await thief.PutAsync(Containers.AuditHeads, "A/head.json", (await thief.Store.Blob(Containers.AuditHeads, "B/head.json").DownloadContentAsync()).Value.Content.ToArray());

    private static async Task DeleteAnchorAsync(Thief thief, Index index) =>
        await thief.Store.Blob(Containers.AuditAnchors, (await thief.Store.NamesAsync(Containers.AuditAnchors, "A/"))[index]).DeleteAsync();

    private static async Task WithoutAnchorsAsync(Thief thief, AuditedAccount account)
    {
        // The first anchor names none before it: a head that was true once.
        await thief.RollHeadBackAsync("A", (await thief.Store.NamesAsync(Containers.AuditAnchors, "A/")).Count - 1);
        await thief.DeleteAsync("A/", [.. Containers.All.Except([Containers.AuditAnchors])]);
    }

    private static async Task EditAnchorAsync(Thief thief, AuditedAccount account)
    {
        var name = (await thief.Store.NamesAsync(Containers.AuditAnchors, "A/"))[1];
        var anchor = BlobStore.Parse<AuditHead>((await thief.Store.Blob(Containers.AuditAnchors, name).DownloadContentAsync()).Value.Content);
        await thief.PutAsync(Containers.AuditAnchors, name, BlobStore.Json(anchor with { Hash = AuditLine.Genesis }).ToArray());
    }

    private static async Task CopyAnchorAsync(Thief thief, AuditedAccount account)
    {
        var names = await thief.Store.NamesAsync(Containers.AuditAnchors, "A/");
        await thief.PutAsync(Containers.AuditAnchors, names[1], (await thief.Store.Blob(Containers.AuditAnchors, names[0]).DownloadContentAsync()).Value.Content.ToArray());
    }

    private static async Task RewriteAllAsync(Thief thief, Func<AuditLine, AuditLine> sign, bool deleteAnchors)
    {
        await thief.RewriteAsync("A", 0, Edit, sign);
        await thief.DeleteAsync("A/head", [Containers.Audit]);
        if (deleteAnchors)
            await thief.DeleteAsync("A/", [.. Containers.All.Except([Containers.AuditAnchors])]);
    }

    private static async Task RewriteWithKeyAsync(Thief thief)
    {
        var session = await thief.TrueSessionAsync();
        await thief.RewriteAsync("A", 0, Edit, Thief.SignedBy(session));
        var segment = (await thief.SegmentsAsync("A"))[^1];
        var last = (await thief.ReadAsync(segment))[^1];
        var anchor = (await thief.Store.NamesAsync(Containers.AuditAnchors, "A/"))[^1];
        await thief.PutAsync(Containers.AuditHeads, "A/head.json", BlobStore.Json(AuditHead.Sign(segment, last.Line, last.Hash!, anchor, last.Time, session)).ToArray());
    }

    private static async Task AppendUnchainedAsync(Thief thief, AuditedAccount account)
    {
        var sign = Thief.SignedBy(await thief.TrueSessionAsync());
        await thief.AppendAsync("A", Thief.Event("read"), line => sign(line with { PreviousHash = AuditLine.Genesis }));
    }

    private static async Task DropWithEventAsync(Thief thief, AuditedAccount account)
    {
        await thief.DeleteAsync($"A/by-id/{account.Succeeded}");
        await thief.AppendAsync("A", Thief.Event("expired-deleted", ("period", "Predictions"), ("ids", account.Succeeded)), Thief.Unsigned);
    }

    private static async Task EditRecordAsync(Thief thief, AuditedAccount account)
    {
        var record = await thief.Store.TextAsync(Containers.Predictions, $"A/by-id/{account.Succeeded}.json");
        await thief.PutAsync(Containers.Predictions, $"A/by-id/{account.Succeeded}.json", Encoding.UTF8.GetBytes(record.Replace("clinical use", "clinical Use", StringComparison.Ordinal)));
    }

    private static async Task EditRecordWithEventAsync(Thief thief, AuditedAccount account)
    {
        await EditRecordAsync(thief, account);
        var digest = Digest.Of((await thief.Store.Blob(Containers.Predictions, $"A/by-id/{account.Succeeded}.json").DownloadContentAsync()).Value.Content);
        await thief.AppendAsync(
            "A", Thief.Event("prediction-published", ("prediction", account.Succeeded)) with { Digests = new Dictionary<string, string> { ["record"] = digest } }, Thief.Unsigned);
    }

    private static async Task CopyRecordAsync(Thief thief, AuditedAccount account) => await thief.PutAsync(
        Containers.Predictions,
        $"A/by-id/{account.Succeeded}.json",
        (await thief.Store.Blob(Containers.Predictions, $"A/by-id/{account.Remade}.json").DownloadContentAsync()).Value.Content.ToArray());

    private static async Task PutKeyAsync(Thief thief, AuditedAccount account, Func<ApiKeyRecord, ApiKeyRecord> change, bool revoked = false)
    {
        foreach (var name in await thief.Store.NamesAsync(Containers.Keys, ""))
        {
            var key = BlobStore.Parse<ApiKeyRecord>((await thief.Store.Blob(Containers.Keys, name).DownloadContentAsync()).Value.Content);
            if (key.Revoked is not null == revoked)
                await thief.PutAsync(Containers.Keys, $"{change(key).Id}.json", BlobStore.Json(change(key)).ToArray());
        }
    }

    private static async Task TwiceAsync(Thief thief, AuditedAccount account)
    {
        var known = (await thief.ReadAsync((await thief.SegmentsAsync("A"))[0]))[1];
        await thief.AppendAsync("A", Thief.Event("read") with { Id = known.Id }, Thief.SignedBy(await thief.TrueSessionAsync()));
    }
}
