namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function under the given name, which is unique in an app regardless of case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>The name in logs and listings, the default HTTP route, and what Durable callers schedule.</summary>
    public string Name { get; } = name;
}
