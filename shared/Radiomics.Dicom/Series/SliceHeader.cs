using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// One image plane of an instance: where it lies, how its values are to be read, and what tells acquisitions of one series apart.
/// </summary>
internal sealed record SliceHeader
{
    /// <summary>The file, by its number in the source.</summary>
    public required int Entry { get; init; }

    /// <summary>SOPInstanceUID of the file's object.</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>The frame in the file, from 0.</summary>
    public required int Frame { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Distance of rows (y) and of columns (x), mm: the order of PixelSpacing.</summary>
    public required (double Y, double X) PixelSpacing { get; init; }

    /// <summary>ImagePositionPatient.</summary>
    public required Point3 Position { get; init; }

    /// <summary>ImageOrientationPatient, first triple: direction of growing column index.</summary>
    public required Point3 DirectionX { get; init; }

    /// <summary>ImageOrientationPatient, second triple: direction of growing row index.</summary>
    public required Point3 DirectionY { get; init; }

    public required double RescaleSlope { get; init; }

    public required double RescaleIntercept { get; init; }

    /// <summary>Whether the headers have no RescaleSlope, which stands for 1.</summary>
    public bool LacksSlope { get; init; }

    /// <summary>Whether the headers have no RescaleIntercept, which stands for 0.</summary>
    public bool LacksIntercept { get; init; }

    /// <summary>Why its voxels can't be had; null if nothing speaks against them.</summary>
    public ObjectFault? Fault { get; init; }

    /// <summary>What the scanner says of its own scale beside RescaleSlope; told, not applied.</summary>
    public ScannerScaling Scaling { get; init; } = ScannerScaling.None;

    /// <summary>RescaleType, of a CT.</summary>
    public string? RescaleType { get; init; }

    /// <summary>What a PET image says of units, dose and times; null for others.</summary>
    public PetHeader? Pet { get; init; }

    public double? SliceThickness { get; init; }

    public double? SpacingBetweenSlices { get; init; }

    /// <summary>Whether it was cut of a slab that was excited as a whole (MRAcquisitionType 3D).</summary>
    public bool IsOfSlab { get; init; }

    public required IReadOnlyList<string> ImageType { get; init; }

    public double? EchoTime { get; init; }

    public double? RepetitionTime { get; init; }

    public double? InversionTime { get; init; }

    public double? FlipAngle { get; init; }

    public double? EchoTrainLength { get; init; }

    public double? NumberOfAverages { get; init; }

    public double? PixelBandwidth { get; init; }

    public int? TemporalPosition { get; init; }

    public int? AcquisitionNumber { get; init; }

    /// <summary>AcquisitionTime, or the frame's FrameAcquisitionDateTime without its date, seconds since midnight.</summary>
    public double? AcquisitionTime { get; init; }

    /// <summary>TriggerTime, ms.</summary>
    public double? TriggerTime { get; init; }

    /// <summary>Diffusion b-value, s/mm²; null if the headers name none.</summary>
    public double? BValue { get; init; }

    /// <summary>AcquisitionContrast of an enhanced image (PS3.3 C.8.13.3.1.4), e.g. <c>T1</c> or <c>DIFFUSION</c>.</summary>
    public string? AcquisitionContrast { get; init; }

    /// <summary><c>PHASE</c>, <c>REAL</c> or <c>IMAGINARY</c> of an image that isn't the magnitude, wherever its vendor says so.</summary>
    public string? ComplexComponent { get; init; }

    /// <summary>Whether contrast agent had been given when the frame was acquired; null if only the series says anything.</summary>
    public bool? ContrastAdministered { get; init; }

    /// <summary>Whether the frame's header says that fat was suppressed spectrally.</summary>
    public bool IsFatSuppressed { get; init; }
}
