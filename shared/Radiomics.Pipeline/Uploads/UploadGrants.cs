using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Gives leave to write into <c>incoming</c>, so that large studies go to storage and not through the service.</summary>
public sealed class UploadGrants(BlobStore store, AuditTrail trail, TimeProvider clock)
{
    /// <summary>For how long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // Of the 1,024 characters that a blob's name may have, these are left to the sender.
    private const int MaxNameLength = 900;

    /// <summary>Gives leave to write <c>incoming/{center}/{name}</c>. It can be asked for again, while an upload runs or after it broke off.</summary>
    /// <param name="center">A center that is known.</param>
    /// <param name="name">Name of a zip, folders before it included.</param>
    /// <param name="actor">Who asks, for the audit, which doesn't get the name: it may hold a patient's.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RadiomicsException"><c>InvalidBlobName</c>.</exception>
    public async Task<UploadGrant> GrantAsync(string center, string name, string actor, CancellationToken cancellation = default)
    {
        if (name.Length > MaxNameLength || name.Any(c => char.IsControl(c) || c == '\\')
            || UploadName.TryParse($"{center}/{name}", center) is not { Kind: UploadKind.Zip } upload)
        {
            throw new RadiomicsException("InvalidBlobName", $"'name' must be the name of a zip, e.g. \"x.zip\" or \"2026/x.zip\", of at most {MaxNameLength} characters, without '..' or backslashes.");
        }

        await store.EnsureContainersAsync();
        var until = clock.GetUtcNow() + Lifetime;
        var grant = new UploadGrant
        {
            Url = await store.WriteAddressAsync(Containers.Incoming, upload.Blob, until, cancellation),
            Blob = upload.Blob,
            ExpiresAt = until,
            StagedBlocks = [.. (await store.StagedBlocksAsync(Containers.Incoming, upload.Blob, cancellation)).Select(block => new StagedBlock(block.Name, block.SizeLong))],
        };
        await trail.AppendAsync(new AuditEvent { Id = $"upload-grant/{Guid.NewGuid():N}", Center = center, Actor = actor, Action = "upload-granted" });
        return grant;
    }
}
