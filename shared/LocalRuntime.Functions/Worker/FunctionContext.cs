namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of one function, as a parameter of that function.</summary>
public abstract class FunctionContext
{
    /// <summary>A new GUID per invocation; the <c>Id</c> in the host's log lines.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Stable for a function of an app, whatever the invocation.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The trigger's values by name: path and route parameters, instance ids.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The invocation's own service scope; it ends with the invocation.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that is being invoked.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>A bag for values shared by the parts of one invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled when the host stops, the function's time is up, or the HTTP caller is gone.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}
