namespace Radiomics.Pipeline;

/// <summary>A final answer as a listing tells of it, unread.</summary>
/// <param name="Id">The prediction.</param>
/// <param name="Written">When its record was last written.</param>
/// <param name="Version">The record's version then: another content has another.</param>
/// <param name="StudyUid">Mapped StudyInstanceUID; null where nothing was predicted, so that of a failure.</param>
public sealed record ListedPrediction(string Id, DateTimeOffset Written, string Version, string? StudyUid);
