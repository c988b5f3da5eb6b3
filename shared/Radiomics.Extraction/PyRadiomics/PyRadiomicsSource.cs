namespace Radiomics.Extraction;

/// <summary>Images of PyRadiomics' conventions, made together when their turn comes.</summary>
/// <param name="images">Their names there, e.g. <c>original</c>.</param>
/// <param name="families">Which families are measured.</param>
/// <param name="make">Makes them.</param>
internal sealed class PyRadiomicsSource(
    IReadOnlyList<string> images, IReadOnlyList<FeatureFamily> families, Func<CancellationToken, IReadOnlyList<IMeasuredImage>> make) : MeasureSource
{
    public override IReadOnlyList<string> Prefixes { get; } = [.. images.Select(name => $"{name}_")];

    public override IReadOnlyList<FeatureFamily> Families => families;

    public override IReadOnlyList<IMeasuredImage> Make(CancellationToken cancellation) => make(cancellation);
}
