namespace Benchmarks.Load;

/// <summary>What was measured of studies that were sent at once. Amounts are of one study, unless said.</summary>
internal sealed record LoadRun
{
    /// <summary><c>small</c>: 4 sequences of 64 × 64 × 24 voxels; <c>full</c>: of 320 × 320 × 72.</summary>
    public required string Size { get; init; }

    /// <summary>How many hosts, each with its worker.</summary>
    public required int Hosts { get; init; }

    /// <summary>How many studies' worth of blobs lay there already.</summary>
    public required int Before { get; init; }

    /// <summary>How many studies were sent.</summary>
    public required int Studies { get; init; }

    /// <summary>When (UTC, yyyy-MM-dd).</summary>
    public required string Date { get; init; }

    /// <summary>Studies that ended a minute, from the first upload to the last outcome.</summary>
    public required double StudiesAMinute { get; init; }

    /// <summary>From the first upload to the first outcome, s.</summary>
    public required double FirstEnd { get; init; }

    /// <summary>From the begin of an upload to its outcome: of half of the studies not more, s.</summary>
    public required double P50 { get; init; }

    /// <summary>The same, of 95 in 100, s.</summary>
    public required double P95 { get; init; }

    /// <summary>The same, of all, s.</summary>
    public required double Last { get; init; }

    /// <summary>Peaks of each host.</summary>
    public required IReadOnlyList<HostMemory> Memory { get; init; }

    /// <summary>Processor seconds of all hosts and workers.</summary>
    public required double Processor { get; init; }

    /// <summary>Processor seconds of the emulator.</summary>
    public required double EmulatorProcessor { get; init; }

    /// <summary>Requests to the storage account by <see cref="StorageRequest.Kinds"/>: those while studies were there, less those of as much idle time.</summary>
    public required IReadOnlyDictionary<string, double> Requests { get; init; }

    /// <summary>Those of an idle minute, of all hosts.</summary>
    public required IReadOnlyDictionary<string, double> IdleMinute { get; init; }

    /// <summary>Of what plays Event Grid, which is in neither of the two: a study, and an idle minute.</summary>
    public required double Watcher { get; init; }

    /// <summary>The same in an idle minute.</summary>
    public required double WatcherIdleMinute { get; init; }

    /// <summary>Bytes sent to blobs.</summary>
    public required double SentBytes { get; init; }

    /// <summary>Bytes of answers to lists.</summary>
    public required double ListedBytes { get; init; }

    /// <summary>What stays of it, by where.</summary>
    public required IReadOnlyDictionary<string, KeptThings> Kept { get; init; }
}
