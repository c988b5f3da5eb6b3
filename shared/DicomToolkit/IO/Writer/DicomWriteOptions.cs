namespace FellowOakDicom.IO.Writer;

/// <summary>What a writer may choose.</summary>
public class DicomWriteOptions
{
    public DicomWriteOptions()
    {
    }

    public DicomWriteOptions(DicomWriteOptions options)
    {
        ExplicitLengthSequences = options.ExplicitLengthSequences;
        ExplicitLengthSequenceItems = options.ExplicitLengthSequenceItems;
        KeepGroupLengths = options.KeepGroupLengths;
    }

    public static DicomWriteOptions Default { get; } = new();

    /// <summary>Sequences say their length; otherwise a delimiter ends them (private ones always say it).</summary>
    public bool ExplicitLengthSequences { get; set; }

    /// <summary>Items say their length; otherwise a delimiter ends them.</summary>
    public bool ExplicitLengthSequenceItems { get; set; }

    /// <summary>Group lengths that exist are written, with their right value; otherwise they are left out.</summary>
    public bool KeepGroupLengths { get; set; }
}
