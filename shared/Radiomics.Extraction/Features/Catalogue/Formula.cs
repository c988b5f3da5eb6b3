namespace Radiomics.Extraction;

/// <summary>A formula as people read it and as it is computed; features of several families may share one.</summary>
/// <typeparam name="T">What it is computed from: the sums of one image, mask or matrix.</typeparam>
/// <param name="text">In plain text, in the letters of the IBSI manual.</param>
/// <param name="of">The value; not finite where there is none.</param>
internal sealed class Formula<T>(string text, Func<T, double> of)
    where T : class
{
    /// <summary>In plain text.</summary>
    public string Text { get; } = text;

    /// <summary>The value; not finite where there is none.</summary>
    public Func<T, double> Of { get; } = of;
}
