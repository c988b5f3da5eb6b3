using Microsoft.OpenApi;

namespace RadiomicsFunctions.Api;

/// <summary>A header or query parameter of an operation. Those of its route need none: <see cref="ApiParameters"/> describes them.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="name">Its name.</param>
/// <param name="description">What it says.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ParameterAttribute(ParameterLocation place, string name, string description) : Attribute
{
    /// <summary>Where it stands.</summary>
    public ParameterLocation Place { get; } = place;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it says.</summary>
    public string Description { get; } = description;

    /// <summary>The values that it may have; empty for any.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>Whether it must be there.</summary>
    public bool Required { get; init; }

    /// <summary>The method that this is about; null: every one of the function's.</summary>
    public string? Method { get; init; }
}
