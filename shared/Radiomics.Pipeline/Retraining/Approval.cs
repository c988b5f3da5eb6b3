namespace Radiomics.Pipeline;

/// <summary>Somebody's answer to whether a model may become the current one; goes to the audit, never to logs.</summary>
/// <param name="Approved">The answer.</param>
/// <param name="Name">Who gives it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">The verified principal that handed it in; null in histories from before there was one.</param>
public sealed record Approval(bool Approved, string Name, string Reason, string? Actor = null)
{
    /// <summary>Name of the Durable external event that carries the answer for a field strength.</summary>
    public static string EventOf(string fieldStrength) => $"approval-{fieldStrength}";
}
