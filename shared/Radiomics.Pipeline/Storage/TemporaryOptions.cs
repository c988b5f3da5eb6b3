using System.ComponentModel.DataAnnotations;

namespace Radiomics.Pipeline;

/// <summary>How much of a machine's disk temporary files may take: bodies of requests, and uploads while they are read.</summary>
public sealed record TemporaryOptions
{
    /// <summary>
    /// Bytes of all temporary files of one process together, as far as they are set aside; as many as the disk has if not said. To be set where a quota is smaller than what the disk says is free.
    /// </summary>
    [Range(1L << 26, long.MaxValue)]
    public long? MaxBytes { get; init; }

    /// <summary>Bytes of the disk that stay free for others; 256 MiB if not said.</summary>
    [Range(0, long.MaxValue)]
    public long KeepFreeBytes { get; init; } = 1L << 28;

    /// <summary>How long a step waits for room, seconds; then it fails, and is tried again as after any other fault.</summary>
    [Range(0, 1200)]
    public double PatienceSeconds { get; init; } = 300;
}
