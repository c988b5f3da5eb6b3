using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// An event that the chain is known to hold, kept apart from it and signed: lines cut off the end leave no trace in the chain itself. The newest one is overwritten
/// (<c>audit-heads/{center}/head.json</c>): it may lag behind the chain, and never runs ahead of it. Those that stay are <see cref="AuditAnchors"/>.
/// </summary>
internal sealed record AuditHead(string Blob, int Line, string Hash)
{
    private const string Kind = "head";

    /// <summary>When it was signed, by the signer's clock; null in heads of versions that didn't sign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Time { get; init; }

    /// <summary>The newest anchor that the signer knew of; null if none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Anchor { get; init; }

    /// <summary>Whose signature it carries (<see cref="SignerCertificate.Id"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signer { get; init; }

    /// <summary>The signature, on this without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Signature { get; init; }

    /// <summary>Where its line is; null if it names no segment.</summary>
    [JsonIgnore]
    public AuditPosition? Position => AuditSegment.TryParse(Blob) is { } segment ? new(segment, Line) : null;

    /// <summary>A head that a process vouches for.</summary>
    public static AuditHead Sign(string blob, int line, string hash, string? anchor, DateTime now, AuditSession session)
    {
        var open = new AuditHead(blob, line, hash) { Time = now, Anchor = anchor, Signer = session.Id };
        return open with { Signature = session.Sign(Kind, open.Text()) };
    }

    /// <summary>A center's newest head as it lies there; null if there is none, or none that can be read.</summary>
    public static async Task<AuditHead?> ReadAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        try
        {
            // Versions before this container wrote it into the one of the chain, where nothing is overwritten or deleted any more: what lies there is old, and true.
            var head = await store.TryReadJsonAsync<AuditHead>(Containers.AuditHeads, Name(center), cancellation)
                ?? await store.TryReadJsonAsync<AuditHead>(Containers.Audit, Name(center), cancellation);
            return head is { Blob: not null, Hash: not null } ? head : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a blob for it, readable or not.</summary>
    public static async Task<bool> IsThereAsync(BlobStore store, string center, CancellationToken cancellation) =>
        (await store.Blob(Containers.AuditHeads, Name(center)).ExistsAsync(cancellation)).Value;

    /// <summary>Copies the heads that earlier versions wrote into the chain's container, where there is no newer one. Those there stay: nothing is deleted there.</summary>
    public static async Task MigrateAsync(BlobStore store, CancellationToken cancellation)
    {
        await foreach (var center in AuditSegments.CentersAsync(store, cancellation))
        {
            if (await store.TryReadAsync(Containers.Audit, Name(center), cancellation) is { } head)
            {
                await store.WriteOnceAsync(Containers.AuditHeads, Name(center), head.Content);
            }
        }
    }

    /// <summary>What is wrong with its signature; null if nothing is.</summary>
    public async Task<string?> FaultAsync(SignatureCheck signatures, CancellationToken cancellation) =>
        Signer is null || Time is not { } time ? AuditReasons.NotSigned : await signatures.FaultAsync(Signer, Kind, Text(), Signature, time, cancellation);

    public async Task WriteAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            await store.Blob(Containers.AuditHeads, Name(center)).UploadAsync(BlobStore.Json(this), options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another writer is at it; its event is at least as new as the one that stood there.
        }
    }

    private static string Name(string center) => $"{center}/head.json";

    private string Text() => BlobStore.Json(this with { Signature = null }).ToString();
}
