using System.Security.Cryptography;
using System.Text;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>Somebody who knows the product, and what is in its power to do.</summary>
internal sealed class Thief(AuditedAccount account, ThiefPower power = ThiefPower.Account)
{
    private readonly string[] _reach = power == ThiefPower.Writer ? [.. Containers.All.Except([Containers.AuditAnchors])] : [.. Containers.All];

    /// <summary>A key of the thief's own.</summary>
    public LocalAuditKey Key { get; } = LocalAuditKey.Create();

    /// <summary>The account; it refuses what is not in the thief's power.</summary>
    public BlobStore Store { get; } = power == ThiefPower.Writer ? new BlobStore(AnchorsRefused.Client(account.ConnectionString)) : account.Store;

    /// <summary>Writes a blob, whatever is there.</summary>
    public Task PutAsync(string container, string name, byte[] content) => account.PutAsync(container, name, content, Store);

    /// <summary>What signs in the thief's name, with a certificate beside the true ones.</summary>
    public Task<AuditSession> SessionAsync() => SessionAsync(Key, DateTime.UnixEpoch);

    /// <summary>What signs in the thief's name, with a certificate that lies nowhere.</summary>
    public Task<AuditSession> UnknownSessionAsync() => SessionAsync(Key, DateTime.UnixEpoch, isThere: false);

    /// <summary>What signs in the service's name: for what somebody with its key could do.</summary>
    public Task<AuditSession> TrueSessionAsync(DateTime? from = null)
    {
        Assert.Equal(ThiefPower.Key, power);
        return SessionAsync(account.Key, from ?? DateTime.UnixEpoch);
    }

    /// <summary>What signs under a key from a time on.</summary>
    /// <param name="key">Vouches for it.</param>
    /// <param name="from">From when it may.</param>
    /// <param name="change">What becomes of the certificate; null: nothing.</param>
    /// <param name="isThere">Whether the certificate is put where it belongs.</param>
    public async Task<AuditSession> SessionAsync(IAuditKey key, DateTime from, Func<SignerCertificate, SignerCertificate>? change = null, bool isThere = true)
    {
        var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = await SignerCertificate.IssueAsync(key, own.ExportSubjectPublicKeyInfo(), from, new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc), default);
        certificate = change?.Invoke(certificate) ?? certificate;
        if (isThere)
            await PutAsync(Containers.AuditAnchors, certificate.Blob, BlobStore.Json(certificate).ToArray());
        return new AuditSession(certificate, own);
    }

    /// <summary>Names of a center's segments, the first first.</summary>
    public async Task<List<string>> SegmentsAsync(string center) => [.. (await AuditSegments.ListAsync(Store, center, default)).Select(segment => segment.Blob)];

    /// <summary>Changes the lines of a segment, and nothing else.</summary>
    public async Task EditAsync(string segment, Action<List<AuditLine>> change)
    {
        var lines = await ReadAsync(segment);
        change(lines);
        await WriteAsync(segment, lines);
    }

    /// <summary>
    /// Changes the lines of a center from one segment on and makes the rest of the chain fit again: numbers, names of segments as they are, hashes. How each line is signed,
    /// <paramref name="sign"/> says.
    /// </summary>
    public async Task RewriteAsync(string center, int segment, Action<List<AuditLine>> change, Func<AuditLine, AuditLine> sign)
    {
        string? previous = null;
        foreach (var (i, name) in (await SegmentsAsync(center)).Index())
        {
            var lines = await ReadAsync(name);
            if (i >= segment)
            {
                if (i == segment)
                    change(lines);
                for (var n = 0; n < lines.Count; n++)
                {
                    lines[n] = sign(lines[n] with { Line = n + 1, PreviousHash = previous ?? AuditLine.Genesis, Hash = null, Signature = null });
                    previous = lines[n].Hash;
                }

                await WriteAsync(name, lines);
            }

            previous = lines[^1].Hash;
        }
    }

    /// <summary>With a hash, and the signature that stood on what was there before.</summary>
    public static Func<AuditLine, AuditLine> KeepingSignatures(byte[] signature) => line => line with { Hash = line.ComputeHash(), Signature = signature };

    /// <summary>Makes the chain of some lines fit from one on: hashes, and on each the signature that stood there.</summary>
    public static void Relink(List<AuditLine> lines, int from)
    {
        for (var i = from; i < lines.Count; i++)
        {
            var open = i == 0 ? lines[i] : lines[i] with { PreviousHash = lines[i - 1].Hash! };
            lines[i] = open with { Hash = open.ComputeHash() };
        }
    }

    /// <summary>With a hash alone, as before lines were signed.</summary>
    public static AuditLine Unsigned(AuditLine line)
    {
        var open = line with { Signer = null, Signature = null, Hash = null, Clock = null };
        return open with { Hash = open.ComputeHash() };
    }

    /// <summary>With a signature.</summary>
    public static Func<AuditLine, AuditLine> SignedBy(AuditSession session) => line => (line with { Signer = session.Id, Clock = null, Time = line.Time }).SignedBy(session);

    /// <summary>Appends a line that is well chained.</summary>
    public async Task AppendAsync(string center, AuditEvent e, Func<AuditLine, AuditLine> sign, Func<AuditLine, DateTime>? time = null)
    {
        var segment = (await SegmentsAsync(center))[^1];
        await EditAsync(segment, lines =>
        {
            var last = lines[^1];
            lines.Add(sign(last with
            {
                Line = last.Line + 1,
                Id = e.Id,
                Actor = e.Actor,
                Action = e.Action,
                PreviousHash = last.Hash!,
                Time = time?.Invoke(last) ?? last.Time.AddSeconds(1),
                Clock = null,
                Hash = null,
                Signature = null,
                Subjects = new SortedDictionary<string, string>(e.Subjects.ToDictionary(), StringComparer.Ordinal),
                Digests = new SortedDictionary<string, string>(e.Digests.ToDictionary(), StringComparer.Ordinal),
            }));
        });
    }

    /// <summary>Cuts events off the end of a center's last segment.</summary>
    public async Task TruncateAsync(string center, int events) => await EditAsync((await SegmentsAsync(center))[^1], lines => lines.RemoveRange(lines.Count - events, events));

    /// <summary>Deletes everything of which a name begins so; from all containers within reach but some.</summary>
    public async Task DeleteAsync(string prefix, params string[] except)
    {
        foreach (var container in _reach.Except(except))
        {
            foreach (var name in await Store.NamesAsync(container, prefix))
                await Store.Blob(container, name).DeleteAsync();
        }
    }

    /// <summary>Puts the head that the newest anchor before some lines was in the place of the newest.</summary>
    public async Task RollHeadBackAsync(string center, int anchors)
    {
        var names = await Store.NamesAsync(Containers.AuditAnchors, $"{center}/");
        await PutAsync(Containers.AuditHeads, $"{center}/head.json", (await Store.Blob(Containers.AuditAnchors, names[^(1 + anchors)]).DownloadContentAsync()).Value.Content.ToArray());
    }

    /// <summary>An event that says what the thief would like.</summary>
    public static AuditEvent Event(string action, params (string Kind, string Id)[] subjects) => new()
    {
        Id = $"{action}/forged",
        Center = "A",
        Actor = "pipeline",
        Action = action,
        Subjects = subjects.ToDictionary(subject => subject.Kind, subject => subject.Id),
    };

    public async Task<List<AuditLine>> ReadAsync(string segment)
    {
        List<AuditLine> lines = [];
        await foreach (var (bytes, _) in AuditSegments.LinesAsync(Store, segment, place: null, default))
            lines.Add(AuditLine.TryParse(bytes)!);
        return lines;
    }

    private Task WriteAsync(string segment, IEnumerable<AuditLine> lines) => PutAsync(Containers.Audit, segment, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))));
}
