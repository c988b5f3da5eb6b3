using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>What <c>PUT …/cohorts/{name}</c> answers.</summary>
/// <param name="Center">Center.</param>
/// <param name="Name">Name of the cohort.</param>
/// <param name="Sha256">Digest of what is stored, with mapped UIDs.</param>
/// <param name="Report">What was found in it.</param>
public sealed record CohortAnswer(string Center, string Name, string Sha256, CohortReport Report);
