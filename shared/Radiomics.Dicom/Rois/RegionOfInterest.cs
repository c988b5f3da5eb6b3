namespace Radiomics.Dicom;

/// <summary>A region as found in the upload.</summary>
internal sealed record RegionOfInterest
{
    /// <summary><c>RTSTRUCT</c>, <c>SEG</c> or <c>NIFTI</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What it is called, in the words of its object, its label first; may hold anything, so it never leaves ingest.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What it is, by code.</summary>
    public IReadOnlyList<CodedConcept> Types { get; init; } = [];

    /// <summary>Where in the body it lies, by code: of a lesion, the organ that has it.</summary>
    public IReadOnlyList<CodedConcept> Anatomy { get; init; } = [];

    /// <summary>Whether its object says that it is something that was found or planned, and no part of the body.</summary>
    public bool IsNoOrgan { get; init; }

    /// <summary>Whether its object is damaged, or there are two of it, so that its shape can't be had.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether its object draws it as a shape that encloses something; if not, its shape is a refusal.</summary>
    public bool HasContours { get; init; } = true;

    /// <summary>Whether images of the study share its coordinates, or may, since it doesn't say which they are.</summary>
    public bool IsOnImages { get; init; }

    /// <summary>When it was drawn; null if its object doesn't say.</summary>
    public DrawnAt? Drawn { get; init; }

    /// <summary>FrameOfReferenceUID of its coordinates; null if its object doesn't say.</summary>
    public required string? FrameOfReferenceUid { get; init; }

    /// <summary>Its number in its object: SegmentNumber or ROINumber.</summary>
    public int Number { get; init; }

    /// <summary>Its object, under original UIDs; null if it is no DICOM object.</summary>
    public SourceRegion? Object { get; init; }

    /// <summary>Its shape; made when first needed.</summary>
    public required Lazy<IRegion> Region { get; init; }

    /// <summary>Whether its codes name one of <paramref name="wanted"/>; null if they say nothing of use.</summary>
    public bool? IsCodedAs(IReadOnlyList<string> wanted)
    {
        if (IsNoOrgan)
        {
            return false;
        }

        var telling = Types.Where(type => type.IsTelling).ToArray();
        if (telling.Length == 0)
        {
            telling = [.. Anatomy.Where(code => code.IsTelling)];
        }

        return telling.Length == 0 ? null : telling.Any(code => wanted.Contains(code.ToString(), StringComparer.OrdinalIgnoreCase));
    }
}
