namespace Radiomics.Pipeline;

/// <summary>Leave to write one blob of <c>incoming</c> for a while, without any other right. Whoever has it can use it: it is a secret, and stored nowhere.</summary>
public sealed record UploadGrant
{
    /// <summary>Where to write, with the signature.</summary>
    public required Uri Url { get; init; }

    /// <summary>The blob in <c>incoming</c>, as <c>POST …/predictions</c> takes its name: <c>{center}/x.zip</c>.</summary>
    public required string Blob { get; init; }

    /// <summary>Until when. After that, ask again: what was sent by then stays.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What an interrupted upload has left, in no order: it need not be sent again.</summary>
    public required IReadOnlyList<StagedBlock> StagedBlocks { get; init; }
}

/// <summary>A block that the account has and that is in no version of the blob yet.</summary>
/// <param name="Id">As it was sent: base64.</param>
/// <param name="Bytes">Its length.</param>
public sealed record StagedBlock(string Id, long Bytes);
