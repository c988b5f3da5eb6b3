namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>The parameter whose data starts the function. A function has exactly one.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute
{
    /// <summary>Marks a trigger; it carries no data of its own.</summary>
    public TriggerBindingAttribute()
    {
    }
}
