namespace RadiomicsFunctions.Api;

/// <summary>A body that an operation takes.</summary>
/// <param name="mediaType">Its media type.</param>
/// <param name="type">What the JSON is; null for bytes or text.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AcceptsAttribute(string mediaType, Type? type = null) : Attribute
{
    /// <summary>Media type.</summary>
    public string MediaType { get; } = mediaType;

    /// <summary>What the JSON is.</summary>
    public Type? Type { get; } = type;

    /// <summary>Names of the properties of <see cref="Type"/> that must be there.</summary>
    public string[] Required { get; init; } = [];

    /// <summary>A right body, as it is sent.</summary>
    public string? Example { get; init; }

    /// <summary>The method that this is about; null: every one of the function's.</summary>
    public string? Method { get; init; }
}
