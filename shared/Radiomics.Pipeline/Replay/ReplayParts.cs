using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Reads what a prediction was computed from, each part by the digest that the record has of it.</summary>
internal sealed class ReplayParts(BlobStore store)
{
    /// <summary>A part.</summary>
    /// <param name="container">Container.</param>
    /// <param name="part">Name and digest.</param>
    /// <param name="what">What it is, for the sentence.</param>
    /// <exception cref="RadiomicsException"><c>ReplayPartsGone</c>, <c>ReplayPartAltered</c>.</exception>
    public async Task<BinaryData> ReadAsync(string container, BlobReference part, string what, CancellationToken cancellation) =>
        await StateOfAsync(container, part, cancellation) switch
        {
            (StoredFeatureState.AsRecorded, { } content) => content,
            (StoredFeatureState.Altered, _) => throw new RadiomicsException(
                "ReplayPartAltered", $"The {what} ({container}/{part.Blob}) was changed since: it doesn't have the digest that the record has of it. The prediction can't be computed again from it."),
            _ => throw new RadiomicsException(
                "ReplayPartsGone", $"The {what} ({container}/{part.Blob}) is here no longer, by retention or erasure: the prediction can't be computed again without it."),
        };

    /// <summary>Whether a part is there as the record says, and its bytes.</summary>
    public async Task<(StoredFeatureState State, BinaryData? Content)> StateOfAsync(string container, BlobReference part, CancellationToken cancellation)
    {
        if (await store.TryReadAsync(container, part.Blob, cancellation) is not { Content: var content })
        {
            return (StoredFeatureState.Gone, null);
        }

        return Digest.Of(content) == part.Sha256 ? (StoredFeatureState.AsRecorded, content) : (StoredFeatureState.Altered, content);
    }
}
