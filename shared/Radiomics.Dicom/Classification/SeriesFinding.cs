namespace Radiomics.Dicom;

/// <summary>What became of one stack of images (those of a series that were acquired alike), or of images that were set aside. Names nobody.</summary>
public sealed record SeriesFinding
{
    /// <summary>SeriesNumber; null if the headers have none.</summary>
    public required int? SeriesNumber { get; init; }

    /// <summary>Which stack of its series it is, from 1; 0 for images that were set aside before stacks were made.</summary>
    public required int Stack { get; init; }

    /// <summary>Images, or frames of multi-frame objects.</summary>
    public required int Images { get; init; }

    /// <summary>The sequence it is or would have been; null if none.</summary>
    public string? Sequence { get; init; }

    /// <summary>Index in <see cref="IngestRules.Sequences"/> of the rule that named it; null if none did.</summary>
    public int? Rule { get; init; }

    /// <summary>What became of it.</summary>
    public required SelectionOutcome Outcome { get; init; }

    /// <summary>Code of a refusal, or name of the rule that excluded it; null otherwise.</summary>
    public string? Code { get; init; }

    /// <summary>The reason in words; empty for what was taken without any.</summary>
    public required string Detail { get; init; }

    /// <summary>Whether contrast agent had been given; null for what was set aside.</summary>
    public bool? IsPostContrast { get; init; }

    /// <summary>Whether fat is suppressed other than by Dixon; null for what was set aside.</summary>
    public bool? IsFatSaturated { get; init; }

    /// <summary>Part of the region, from 0 to 1, that lies in it; null if that didn't decide, or isn't known.</summary>
    public double? RoiShare { get; init; }
}
