namespace Radiomics.Pipeline;

/// <summary>A stored image that may be told: where its digest is known, it has it.</summary>
/// <param name="Tag">Names its content: another content has another.</param>
/// <param name="Length">Bytes.</param>
/// <param name="OpenAsync">Opens it; what it opens is the version that was looked at, or nothing.</param>
public sealed record StudyImage(string Tag, long Length, Func<CancellationToken, Task<Stream>> OpenAsync);
