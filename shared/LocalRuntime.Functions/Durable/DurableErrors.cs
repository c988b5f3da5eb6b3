namespace LocalRuntime.Functions.Durable;

/// <summary>
/// A refused client call. The real client throws types that aren't part of the source-compatible surface (and that changed between
/// versions), so these are internal: product code catches <see cref="Exception"/> and asks for the instance.
/// </summary>
internal abstract class DurableClientException(string message) : Exception(message);

/// <summary>An instance of the same id is in a status that refuses the start.</summary>
internal sealed class OrchestrationAlreadyExistsException(string instanceId, string status)
    : DurableClientException($"An orchestration with the id '{instanceId}' already exists and is {status}.");

/// <summary>There is no instance of that id.</summary>
internal sealed class InstanceNotFoundException(string instanceId)
    : DurableClientException($"There is no orchestration with the id '{instanceId}'.");

/// <summary>The instance has ended.</summary>
internal sealed class InstanceEndedException(string instanceId, string status)
    : DurableClientException($"The orchestration '{instanceId}' has ended: it is {status}.");
