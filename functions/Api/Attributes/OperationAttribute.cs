namespace RadiomicsFunctions.Api;

/// <summary>Describes an HTTP function, or one method of it, in the OpenAPI document; its route and methods are those of its trigger.</summary>
/// <param name="tag">What it is about: operations of a tag stand together.</param>
/// <param name="summary">What it does, in a few words.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OperationAttribute(string tag, string summary) : Attribute
{
    /// <summary>What it is about.</summary>
    public string Tag { get; } = tag;

    /// <summary>What it does.</summary>
    public string Summary { get; } = summary;

    /// <summary>The method that this is about, in lower case; null where the function has one only.</summary>
    public string? Method { get; init; }
}
