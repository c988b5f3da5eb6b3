namespace Radiomics.Extraction;

/// <summary>What a run needs beside image, ROI and settings; nothing here but the reference region changes a value.</summary>
public sealed record ExtractionOptions
{
    /// <summary>The defaults.</summary>
    public static ExtractionOptions Default { get; } = new();

    /// <summary>Region whose mean intensity is the unit with <see cref="NormalisationMethod.ReferenceRegion"/>; on the image's grid.</summary>
    public Mask? ReferenceRegion { get; init; }

    /// <summary>Most threads at a time, as many as there are processors if not positive; the values don't depend on it.</summary>
    public int MaxThreads { get; init => field = value > 0 ? value : Environment.ProcessorCount; } = Environment.ProcessorCount;

    /// <summary>
    /// Bytes that this process may hold during the run, image and mask included; a run that would take more is refused before it begins. Null: the memory that the
    /// process can have at all (the machine's, or its container's).
    /// </summary>
    public long? MaxMemory { get; init; }

    /// <summary>Is shown processed image, masks and response maps; null: nobody looks, and it costs nothing.</summary>
    public IExtractionMaps? Maps { get; init; }

    /// <summary>
    /// Is told how far the maps of <see cref="PyRadiomicsSettings.Voxels"/> are, 0 to 1, by several threads at a time if need be: they are what may take hours. Null: nobody is.
    /// </summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the run between two steps of the chain, of a filter or of the families, or between two rows of a feature's map.</summary>
    public CancellationToken Cancellation { get; init; }
}
