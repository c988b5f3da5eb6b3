using System.Text.Json;

namespace LocalRuntime.Functions.Durable;

/// <summary>How a task hub works.</summary>
internal sealed record DurableTaskOptions
{
    /// <summary>Names the hub's containers and queue (letters and digits; case is dropped).</summary>
    public required string HubName { get; init; }

    public int MaxConcurrentActivities { get; init; } = 4;

    public int MaxConcurrentOrchestrators { get; init; } = 10;

    /// <summary>After this long without a sign of life an activity is given to another host.</summary>
    public TimeSpan WorkItemVisibility { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a host owns an instance's turn without renewing; 15 to 60 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause between two looks into an empty queue or inbox.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often all unfinished instances are looked over for work that a lost host left behind.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where on this machine is noted what its processes hold.</summary>
    public string ClaimsFolder { get; init; } = LocalClaims.DefaultFolder;

    /// <summary>How inputs, outputs, events and custom statuses are read and written.</summary>
    public JsonSerializerOptions Serializer { get; init; } = DurableJson.WorkerDefault;
}
