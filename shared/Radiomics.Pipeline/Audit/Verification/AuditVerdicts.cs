using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Keeps what the service found its trails to be, for people who want to know now: the night's verification, and one that was asked for since. One is made at a time in a process, and of a trail that is longer than
/// <see cref="MostBytes"/> none but the night's: looking at a page must not cost gigabytes.
/// </summary>
public sealed class AuditVerdicts(BlobStore store, AuditTrail trail, AuditReader reader, IAuditKey key, SecondAnchors second, AuditOptions options, TimeProvider clock)
{
    /// <summary>The longest trail that is verified because somebody looks, bytes: some 150,000 events, a minute or two.</summary>
    public const long MostBytes = 128 << 20;

    private const int MostFindings = 20;

    // However often somebody asks.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<AuditVerdict?>> _running = new(StringComparer.Ordinal);
    private AuditTrust? _trust;

    /// <summary>The newest verdict on a trail; null if there is none, or none that this service has signed.</summary>
    public async Task<AuditVerdict?> TryGetAsync(string center, CancellationToken cancellation = default)
    {
        try
        {
            if (await store.TryReadJsonAsync<AuditVerdict>(Containers.AuditHeads, Name(center), cancellation) is not { Signer: { } signer } verdict || verdict.Center != center)
            {
                return null;
            }

            // Pages look every other second: who keeps the keys is asked again only where those known don't do.
            return (_trust is { } known && await IsSignedAsync(known)) || await IsSignedAsync(_trust = await TrustAsync(cancellation)) ? verdict : null;

            async Task<bool> IsSignedAsync(AuditTrust trust) =>
                await new SignatureCheck(trust, store).FaultAsync(signer, AuditVerdict.Kind, verdict.Text(), verdict.Signature, verdict.Time, cancellation) is null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Whether a verification of a trail that was asked for here is under way.</summary>
    public bool IsRunning(string center)
    {
        lock (_lock)
        {
            return _running.TryGetValue(center, out var running) && !running.IsCompleted;
        }
    }

    /// <summary>
    /// Verifies a trail and keeps the verdict, unless one is under way, which is then waited for, or has just been made. Null: the trail is too long to be verified while somebody waits, or there is none.
    /// </summary>
    /// <param name="center">The center.</param>
    /// <param name="cancellation">Ends the wait, not the verification: others may wait for it.</param>
    public Task<AuditVerdict?> VerifyAsync(string center, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(center, out var running) || running.IsCompleted)
            {
                _running[center] = running = OnceAsync(center);
            }

            return running.WaitAsync(cancellation);
        }
    }

    /// <summary>Keeps what a verification found. Nothing is kept of a center that has no trail, which would make it known.</summary>
    /// <param name="verification">What was found.</param>
    /// <param name="began">When it was begun, UTC.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AuditVerdict?> KeepAsync(AuditVerification verification, DateTime began, TimeSpan took, CancellationToken cancellation = default)
    {
        if (verification.Events == 0)
        {
            return null;
        }

        var session = await trail.SessionAsync(cancellation);
        var open = new AuditVerdict
        {
            Center = verification.Center,
            // The clock of the session that signs it; a verification that ran over the change of sessions is told a little late.
            Time = began >= session.Certificate.NotBefore ? began : session.Certificate.NotBefore,
            Seconds = Math.Round(took.TotalSeconds, 1),
            Intact = verification.Intact,
            Events = verification.Events,
            Records = verification.Records,
            Anchors = verification.Anchors,
            AnchoredUntil = verification.AnchoredUntil,
            Head = verification.Head?.ToString(),
            Findings = [.. verification.Findings.Take(MostFindings).Select(Describe)],
            FindingCount = verification.Findings.Count,
            Signer = session.Id,
        };
        var verdict = open with { Signature = session.Sign(AuditVerdict.Kind, open.Text()) };
        await store.EnsureContainersAsync(Containers.AuditHeads);
        await store.Blob(Containers.AuditHeads, Name(verdict.Center)).UploadAsync(
            BlobStore.Json(verdict), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellation);
        return verdict;
    }

    private async Task<AuditVerdict?> OnceAsync(string center)
    {
        // Never on the time of whoever asked first.
        await Task.Yield();
        if (await TryGetAsync(center) is { } known && clock.GetUtcNow().UtcDateTime - known.Time < Longer(s_pause, TimeSpan.FromSeconds(10 * known.Seconds)))
        {
            return known;
        }

        if (await reader.LengthAsync(center) is 0 or > MostBytes)
        {
            return null;
        }

        await _one.WaitAsync();
        try
        {
            var (began, watch) = (clock.GetUtcNow().UtcDateTime, Stopwatch.StartNew());
            var inspection = new AuditInspection(store, await TrustAsync(default)) { SecondAccount = second.Store };
            return await KeepAsync(await inspection.OfCenterAsync(center), began, watch.Elapsed);
        }
        finally
        {
            _one.Release();
        }
    }

    private Task<AuditTrust> TrustAsync(CancellationToken cancellation) => AuditTrust.OfAsync(key, options.FormerKeys, cancellation);

    private static VerdictFinding Describe(AuditBreak finding) => new(
        finding.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{finding.Container}/{finding.Blob}, line {finding.Line}") : $"{finding.Container}/{finding.Blob}", finding.Reason, finding.Sentence);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Name(string center) => $"{center}/verdict.json";
}
