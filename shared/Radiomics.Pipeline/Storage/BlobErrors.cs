using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>What the storage service's refusals mean here.</summary>
internal static class BlobErrors
{
    /// <summary>There is no such blob or container.</summary>
    public static bool IsNotFound(this RequestFailedException e) => e.Status == 404;

    /// <summary>Whoever asks has no role for it.</summary>
    public static bool IsForbidden(this RequestFailedException e) => e.Status == 403;

    /// <summary>
    /// A conditional write met another version or length than the one it was to follow, none, or one where there was to be none. Other conflicts (409) last, such
    /// as a container that is being deleted or an append blob that is full.
    /// </summary>
    public static bool IsRefusedCondition(this RequestFailedException e) =>
        e.ErrorCode == BlobErrorCode.ConditionNotMet || e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet;

    /// <summary>What is listed; nothing if there is no such container.</summary>
    public static async IAsyncEnumerable<T> OrNoneAsync<T>(this IAsyncEnumerable<T> listing, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var items = listing.GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (RequestFailedException e) when (e.IsNotFound())
            {
                yield break;
            }

            yield return items.Current;
        }
    }

    /// <summary>
    /// A write under <c>If-None-Match: *</c> met a blob. Where a policy forbids to change what is there, as in the container of the audit trail, Azure may name the policy as the reason
    /// instead: it speaks of blobs that are there, and of no other.
    /// </summary>
    public static bool IsAlreadyThere(this RequestFailedException e) => e.IsRefusedCondition() || e.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy;

    /// <summary>The blob has another version than the one asked for.</summary>
    public static bool IsOtherVersion(this RequestFailedException e) => e.Status == 412;
}
