namespace FellowOakDicom.Imaging;

/// <summary>Whether samples are signed, in two's complement.</summary>
public enum PixelRepresentation
{
    Unsigned = 0,
    Signed = 1,
}

/// <summary>Whether colours lie pixel by pixel or plane by plane.</summary>
public enum PlanarConfiguration
{
    Interleaved = 0,
    Planar = 1,
}
