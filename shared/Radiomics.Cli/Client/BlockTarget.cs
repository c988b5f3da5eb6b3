using Azure.Storage.Blobs.Specialized;

namespace Radiomics.Cli.Client;

/// <summary>A blob that may be written in blocks.</summary>
/// <param name="Blob">The blob, with whatever right to write it.</param>
/// <param name="Staged">Ids of the blocks that the account has already.</param>
/// <param name="Until">When the right ends; null if it doesn't.</param>
internal sealed record BlockTarget(BlockBlobClient Blob, IReadOnlySet<string> Staged, DateTimeOffset? Until);
