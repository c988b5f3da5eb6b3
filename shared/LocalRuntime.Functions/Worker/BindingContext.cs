namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger told about itself.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name: the route's or blob path's parameters and the trigger's own, such as <c>BlobTrigger</c>.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
