namespace Radiomics.Dicom.Phantom;

/// <summary>Two ways in which scanners label Dixon series; both occur in practice.</summary>
public enum PhantomHeaderStyle
{
    /// <summary>ImageType names all four: <c>…\DIXON\FAT</c>, <c>…\WATER</c>, <c>…\IN_PHASE</c>, <c>…\OPP_PHASE</c>.</summary>
    PhaseInImageType,

    /// <summary>ImageType names fat and water only; the echo images are told by EchoTime and SeriesDescription.</summary>
    PhaseInDescription,
}
