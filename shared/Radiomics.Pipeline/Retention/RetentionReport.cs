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

    /// <summary>Entries of the index of patients that were deleted, since nothing is left of what they led to.</summary>
    public int Swept { get; init; }

    /// <summary>Whether time was up before all had been looked at: there may be more, which is for the next night.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Complete uploads that are over and stay, since no prediction of them was ever begun: nobody has read them.</summary>
    public int Unannounced { get; init; }

    /// <summary>Blobs that couldn't be read, and stay.</summary>
    public int Unreadable { get; init; }

    /// <summary>Instances that don't end, and for whose sake no study of their centers goes.</summary>
    public IReadOnlyList<RunningInstance> InTheWay { get; init; } = [];
}
