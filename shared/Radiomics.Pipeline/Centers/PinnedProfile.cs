using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>A center's profile with its extraction settings as they were when a prediction was planned: kept by digest, so that a later deployment changes nothing under way.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Settings">The settings it names.</param>
public sealed record PinnedProfile(CenterProfile Profile, ExtractionSettings Settings);
