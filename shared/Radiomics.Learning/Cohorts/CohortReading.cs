namespace Radiomics.Learning;

/// <summary>A cohort as far as it could be read, and what was found on the way.</summary>
/// <param name="Cohort">The rows that could be read; to be used only if the report says so.</param>
/// <param name="Report">What was found.</param>
public sealed record CohortReading(Cohort Cohort, CohortReport Report);
