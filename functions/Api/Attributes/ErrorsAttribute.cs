using Radiomics.Pipeline;

namespace RadiomicsFunctions.Api;

/// <summary>Codes that stand in the <c>error</c> of what an operation answers with: the documentation lists them with it.</summary>
/// <param name="area">The codes' area in <see cref="ErrorCatalogue"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ErrorsAttribute(ErrorArea area) : Attribute
{
    /// <summary>The codes' area.</summary>
    public ErrorArea Area { get; } = area;
}
