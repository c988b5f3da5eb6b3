namespace LocalRuntime.Functions.Hosting;

/// <summary>The containers that the host keeps its state in, under the real host's names.</summary>
internal static class HostContainers
{
    /// <summary>Receipts, locks and schedules.</summary>
    public const string Hosts = "azure-webjobs-hosts";

    /// <summary>Function keys.</summary>
    public const string Secrets = "azure-webjobs-secrets";
}
