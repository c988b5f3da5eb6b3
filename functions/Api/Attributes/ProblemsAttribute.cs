using Radiomics.Pipeline;

namespace RadiomicsFunctions.Api;

/// <summary>Codes of the problems that an operation answers with; their statuses and what to do are in <see cref="ErrorCatalogue"/>.</summary>
/// <param name="codes">The codes, without <c>InternalFault</c>, which any operation may answer with.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProblemsAttribute(params string[] codes) : Attribute
{
    /// <summary>The codes.</summary>
    public string[] Codes { get; } = codes;
}
