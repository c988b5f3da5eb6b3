namespace Radiomics.Pages.Console.Studies;

/// <summary>What an upload may be.</summary>
/// <param name="BlockBytes">Longest block.</param>
/// <param name="MostBlocks">The most blocks.</param>
/// <param name="MostBytes">The largest zip.</param>
public sealed record UploadLimits(int BlockBytes, int MostBlocks, long MostBytes);
