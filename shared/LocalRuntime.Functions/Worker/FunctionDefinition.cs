namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function of the app, apart from any invocation.</summary>
public abstract class FunctionDefinition
{
    /// <summary>Full path of the assembly that holds the function.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary><c>Namespace.Type.Method</c>.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>The same as <see cref="FunctionContext.FunctionId"/>.</summary>
    public abstract string Id { get; }

    /// <summary>The name given by <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }
}
