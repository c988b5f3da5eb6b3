using System.Text;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>What is done to the true trails, by whom, and as what it must be found.</summary>
internal static class AuditTampers
{
    private static readonly AuditEvent _purge = Thief.Event("expired-deleted", ("period", "Predictions"));

    // By whom and what is done, the trail that is broken by it, and how it is found there first of all.
    public static readonly (ThiefPower By, string What, Func<Thief, AuditedAccount, Task> Do, string Center, string Reason)[] All =
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

    public static async Task RewriteAllAsync(Thief thief, Func<AuditLine, AuditLine> sign, bool deleteAnchors)
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
