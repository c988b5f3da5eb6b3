namespace FellowOakDicom.Imaging.Codec;

/// <summary>Settings of a codec; none can be made here, since no codec takes any.</summary>
public class DicomCodecParams
{
    protected DicomCodecParams()
    {
    }
}
