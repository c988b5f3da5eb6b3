using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>What the storage service's refusals mean here.</summary>
internal static class BlobErrors
{
    /// <summary>There is no such blob or container.</summary>
    public static bool IsNotFound(this RequestFailedException e) => e.Status == 404;

    /// <summary>A write under <c>If-None-Match: *</c> met a blob (409 or 412, depending on the kind of write).</summary>
    public static bool IsAlreadyThere(this RequestFailedException e) => e.Status is 409 or 412;

    /// <summary>A conditional write met another version than the one it was to replace, none, or one where there was to be none. Other conflicts last.</summary>
    public static bool IsRefusedCondition(this RequestFailedException e) => e.ErrorCode == BlobErrorCode.ConditionNotMet || e.ErrorCode == BlobErrorCode.BlobAlreadyExists;

    /// <summary>The blob has another version than the one asked for.</summary>
    public static bool IsOtherVersion(this RequestFailedException e) => e.Status == 412;
}
