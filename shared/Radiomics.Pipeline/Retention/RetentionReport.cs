namespace Radiomics.Pipeline;

/// <summary>What a run did.</summary>
public sealed record RetentionReport
{
    /// <summary>Whether things were deleted, or counted only.</summary>
    public required bool Deleted { get; init; }

    /// <summary>How many, by the period that was over.</summary>
    public required IReadOnlyDictionary<string, int> Things { get; init; }

    /// <summary>Things that were to go and are still there, since they were written meanwhile.</summary>
    public int Stayed { get; init; }

    /// <summary>Complete uploads that are over and stay, since no event ever told of them: nobody has read them.</summary>
    public int Unannounced { get; init; }

    /// <summary>Blobs that couldn't be read, and stay.</summary>
    public int Unreadable { get; init; }

    /// <summary>Instances that don't end, and for whose sake no study of their centers goes.</summary>
    public IReadOnlyList<RunningInstance> InTheWay { get; init; } = [];
}
