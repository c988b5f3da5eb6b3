namespace Radiomics.Extraction;

/// <summary>Where images to measure come from: they are made when their turn comes, and given back when their families are done.</summary>
internal abstract class MeasureSource
{
    /// <summary>What the features' names of each image begin with, in the order in which <see cref="Make"/> gives them.</summary>
    public abstract IReadOnlyList<string> Prefixes { get; }

    /// <summary>Which families are measured.</summary>
    public abstract IReadOnlyList<FeatureFamily> Families { get; }

    /// <summary>Makes the images.</summary>
    public abstract IReadOnlyList<IMeasuredImage> Make(CancellationToken cancellation);

    /// <summary>Takes them back; no family uses them any more.</summary>
    public virtual void Release(IReadOnlyList<IMeasuredImage> images)
    {
    }
}

/// <summary>The processed image itself.</summary>
internal sealed class OriginalSource(ProcessedRoi roi, ExtractionSettings settings) : MeasureSource
{
    public override IReadOnlyList<string> Prefixes { get; } = [""];

    public override IReadOnlyList<FeatureFamily> Families { get; } = settings.MeasuredFamilies;

    public override IReadOnlyList<IMeasuredImage> Make(CancellationToken cancellation) => settings.Discretisations is not { } several
        ? [Image(settings)]
        : [new DiscretisedImages([.. several.Select(one => Image(settings with { Discretisation = one }))], DiscretisedImages.Suffixes(several))];

    private MeasuredImage Image(ExtractionSettings by) => new(roi, roi.Intensity.Intensities, roi.SortedIntensities, by);
}
