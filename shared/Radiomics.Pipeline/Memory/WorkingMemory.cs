namespace Radiomics.Pipeline;

/// <summary>
/// The memory that the steps of this process hold at one time. An upload's headers and volumes are as many and as large as it says, so a step takes what it needs before it makes them. Whoever has of
/// <see cref="Headers"/> may wait for <see cref="Volumes"/>, and never the other way round.
/// </summary>
public sealed class WorkingMemory(RadiomicsOptions options)
{
    /// <summary>Bytes a voxel that ingest holds at most: the volume, and masks on its grid and on that of the region.</summary>
    public const int IngestBytesPerVoxel = 6;

    /// <summary>Bytes a voxel that an extraction holds at most: the volume, and what it is turned into.</summary>
    public const int ExtractionBytesPerVoxel = 10;

    // Two files in memory, what a parser makes of one, and a directory.
    private const long OfAnIngest = 48L << 20;
    private const long OfAFile = 8 << 10;

    /// <summary>For volumes (<see cref="RadiomicsOptions.WorkingMemoryBytes"/>).</summary>
    public SharedBytes Volumes { get; } = new(options.WorkingMemoryBytes);

    /// <summary>For what is read of uploads besides (<see cref="RadiomicsOptions.IngestMemoryBytes"/>).</summary>
    public SharedBytes Headers { get; } = new(options.IngestMemoryBytes);

    /// <summary>Bytes that an upload of so many files takes of <see cref="Headers"/>.</summary>
    public static long OfHeaders(int files) => OfAnIngest + (files * OfAFile);
}
