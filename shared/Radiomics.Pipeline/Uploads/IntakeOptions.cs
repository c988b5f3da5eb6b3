using System.ComponentModel.DataAnnotations;

namespace Radiomics.Pipeline;

/// <summary>How much an instance takes in by HTTP at one time. What is more gets <c>ServiceBusy</c> (429) before its body is read, and is to be sent again after a while.</summary>
public sealed record IntakeOptions
{
    /// <summary>Bytes of studies in requests' bodies that are under way at one time, until they lie in storage; 1 GiB if not said. They go to temporary files.</summary>
    [Range(1L << 20, 1L << 40)]
    public long BodyBytes { get; init; } = 1L << 30;

    /// <summary>Memory, in bytes, for what else comes in bodies: cohorts, events, orders; 128 MiB if not said. A body counts four times, for what is made of it.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MemoryBytes { get; init; } = 1L << 27;

    /// <summary>Memory, in bytes, of the machine or its container that stays free: when less is, nothing with a body is taken in; 128 MiB if not said.</summary>
    [Range(0, long.MaxValue)]
    public long KeepFreeMemoryBytes { get; init; } = 1L << 27;

    /// <summary>After how many seconds those that were refused are told to come again (<c>Retry-After</c>).</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; init; } = 5;
}
