namespace EndToEnd.Tests.Faults;

/// <summary>What goes wrong. Besides, in every schedule there are two hosts on one hub, and every event comes at least twice, late and out of order.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL for one host; its worker ends with it. It is started again at once.</summary>
    HostKilled,

    /// <summary>SIGKILL for one host's worker.</summary>
    WorkerKilled,

    /// <summary>SIGKILL for one host and its worker at once.</summary>
    BothKilled,

    /// <summary>SIGSTOP for one host and its worker, while for all others more time passes than its messages and leases last; then SIGCONT: it goes on with work that others have taken up.</summary>
    HostPaused,

    /// <summary>All connections to storage break, storage ends, and starts again on what is on its disk.</summary>
    StorageStopped,

    /// <summary>SIGSTOP for storage, then SIGCONT.</summary>
    StoragePaused,

    /// <summary>Requests reach storage late.</summary>
    StorageSlow,

    /// <summary>Requests are answered 503 <c>ServerBusy</c> instead of being carried out.</summary>
    StorageBusy,

    /// <summary>Requests are answered 429 with <c>Retry-After</c> instead of being carried out.</summary>
    StorageThrottled,

    /// <summary>The connection breaks before a request has reached storage.</summary>
    RequestLost,

    /// <summary>A request is carried out, and the connection breaks before its answer.</summary>
    AnswerLost,

    /// <summary>Half of what is written reaches storage, then the connection breaks.</summary>
    WriteTorn,

    /// <summary>Half of what is read comes back, then the connection breaks.</summary>
    ReadTorn,

    /// <summary>The clock of one host and its worker jumps, forward or back, by up to 14 minutes (storage in Azure refuses whoever is 15 off).</summary>
    HostClockMoved,

    /// <summary>The clock of storage jumps forward: leases end and messages come back early.</summary>
    StorageClockMoved,

    /// <summary>The disk on which one host's worker keeps its temporary files is full for a while.</summary>
    TemporaryDiskFull,

    /// <summary>The disk on which storage keeps everything is full for a while.</summary>
    StorageDiskFull,
}
