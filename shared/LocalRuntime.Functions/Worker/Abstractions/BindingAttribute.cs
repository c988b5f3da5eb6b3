namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What every trigger and input attribute derives from; the host looks for it on a function's parameters.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    /// <summary>Marks a binding; it carries no data of its own.</summary>
    public BindingAttribute()
    {
    }
}
