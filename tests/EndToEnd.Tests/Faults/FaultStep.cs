using System.Globalization;

namespace EndToEnd.Tests.Faults;

/// <summary>One fault of a schedule. What doesn't concern its kind is there all the same, and isn't used.</summary>
internal sealed record FaultStep
{
    /// <summary>It strikes once storage has taken this many blobs of the product's.</summary>
    public required int AfterWrites { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>Which of the two hosts, 0 or 1.</summary>
    public required int Host { get; init; }

    /// <summary>To how many requests to storage it may happen, counted from when it strikes.</summary>
    public required int Requests { get; init; }

    /// <summary>To which part of them it does.</summary>
    public required double Share { get; init; }

    /// <summary>How long what has an end of its own lasts; how late a slow request is.</summary>
    public required int Milliseconds { get; init; }

    /// <summary>By how much a clock is moved.</summary>
    public required int Seconds { get; init; }

    /// <summary>Chooses the requests that are hit.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether it happens to requests, one by one.</summary>
    public bool IsOfRequests => Kind is >= FaultKind.StorageSlow and <= FaultKind.ReadTorn;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"after {AfterWrites} writes: {What()}");

    private string What() => Kind switch
    {
        FaultKind.HostKilled => $"host {Host} is killed",
        FaultKind.WorkerKilled => $"the worker of host {Host} is killed",
        FaultKind.BothKilled => $"host {Host} and its worker are killed",
        FaultKind.HostPaused => $"host {Host} and its worker are paused for {Milliseconds} ms, in which {FaultSchedule.Takeover.TotalSeconds:F0} s pass for all others",
        FaultKind.StorageStopped => $"storage stops, and starts again after {Milliseconds} ms",
        FaultKind.StoragePaused => $"storage is paused for {Milliseconds} ms",
        FaultKind.HostClockMoved => $"the clock of host {Host} jumps by {Seconds:+0;-0} s",
        FaultKind.StorageClockMoved => $"the clock of storage jumps by {Math.Abs(Seconds):+0} s",
        FaultKind.TemporaryDiskFull => $"the disk for temporary files of host {Host} is full for {Milliseconds} ms",
        FaultKind.StorageDiskFull => $"the disk of storage is full for {Milliseconds} ms",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Share:P0} of {Requests} requests: {OfRequests()}"),
    };

    private string OfRequests() => Kind switch
    {
        FaultKind.StorageSlow => $"{Milliseconds} ms late",
        FaultKind.StorageBusy => "503",
        FaultKind.StorageThrottled => "429",
        FaultKind.RequestLost => "lost on the way",
        FaultKind.AnswerLost => "carried out, their answers lost",
        FaultKind.WriteTorn => "torn while being written",
        _ => "torn while being read",
    };
}
