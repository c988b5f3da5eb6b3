namespace FellowOakDicom;

/// <summary>Where reading is, for the criterion that stops it.</summary>
public sealed class ParseState
{
    public DicomTag? PreviousTag { get; set; }

    /// <summary>The tag about to be read.</summary>
    public DicomTag Tag { get; set; } = DicomTag.Unknown;

    /// <summary>0 for the file's own dataset.</summary>
    public int SequenceDepth { get; set; }
}
