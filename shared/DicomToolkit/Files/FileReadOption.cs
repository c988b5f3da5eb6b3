namespace FellowOakDicom;

/// <summary>What becomes of values as large as a threshold (64 KB unless said otherwise).</summary>
public enum FileReadOption
{
    /// <summary>As <see cref="ReadLargeOnDemand"/>.</summary>
    Default,

    /// <summary>They stay in the file or stream until their bytes are asked for.</summary>
    ReadLargeOnDemand,

    /// <summary>Their elements are left out.</summary>
    SkipLargeTags,

    ReadAll,
}
