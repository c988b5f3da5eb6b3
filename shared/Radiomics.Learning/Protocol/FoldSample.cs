namespace Radiomics.Learning;

/// <summary>What a fold learns from and is scored on.</summary>
/// <param name="Data">The cases with their values.</param>
/// <param name="Training">Rows of <paramref name="Data"/> that everything is fitted on.</param>
/// <param name="Held">Rows of <paramref name="Data"/> that are scored, in the order of the fold's held cases.</param>
internal sealed record FoldSample(SequenceData Data, int[] Training, int[] Held);
