namespace RadiomicsFunctions.Api;

/// <summary>An answer of an operation that is no problem.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="description">When it comes, or what it holds.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ReturnsAttribute(int status, string description) : Attribute
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>When it comes, or what it holds.</summary>
    public string Description { get; } = description;

    /// <summary>What the JSON is; null for other media types and where there is no body.</summary>
    public Type? Type { get; init; }

    /// <summary>Whether the JSON is sent as it was stored, maybe by an earlier version of the service.</summary>
    public bool Stored { get; init; }

    /// <summary>Media types of the body without a <see cref="Type"/>.</summary>
    public string[] MediaTypes { get; init; } = [];

    /// <summary>Headers that it has, with what they say: <c>Name: description</c>.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>The method that this is about; null: every one of the function's.</summary>
    public string? Method { get; init; }
}
