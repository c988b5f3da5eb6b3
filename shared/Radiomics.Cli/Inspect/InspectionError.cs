namespace Radiomics.Cli.Inspect;

/// <summary>Why a study is refused.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">The sentence.</param>
internal sealed record InspectionError(string Code, string Detail);
