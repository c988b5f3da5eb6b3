namespace Radiomics.Pipeline;

/// <summary>There is no room for temporary files: the service's fault, and one that may pass.</summary>
/// <param name="bytes">How much was needed.</param>
public sealed class TemporarySpaceException(long bytes)
    : IOException($"There is no room for {bytes} bytes of temporary files: the disk is full, or others have it. Give the machine more, or take fewer studies at once.");
