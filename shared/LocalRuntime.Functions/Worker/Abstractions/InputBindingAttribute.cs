namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>A parameter that the host fills from elsewhere than the trigger, such as a Durable client.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute
{
    /// <summary>Marks an input; it carries no data of its own.</summary>
    public InputBindingAttribute()
    {
    }
}
