namespace Radiomics.Dicom;

/// <summary>Lets numbers and known codes of a header through, and nothing that a person may have typed.</summary>
internal static class FactWhitelist
{
    private static readonly HashSet<string> _imageTypes = new(StringComparer.Ordinal)
    {
        "ORIGINAL", "DERIVED", "PRIMARY", "AXIAL", "OTHER", "M", "FFE", "M_FFE", "M_SE", "SE", "ND", "NORM", "DIS2D", "DIS3D", "MFSPLIT",
        "DIXON", "FAT", "WATER", "IN_PHASE", "OPP_PHASE", "OUT_PHASE", "F", "W", "IP", "OP", "MAGNITUDE", "NONE", "VOLUME", "ADDITION",
        "SUBTRACTION", "T1", "T2", "FAT_ONLY", "WATER_ONLY", "DIXON_FAT", "DIXON_WATER", "OOP", "OPPOSED_PHASE", "OUT_OF_PHASE", "DIFFUSION", "ADC",
        "FAT_FRACTION", "SECONDARY", "MOSAIC", "LOCALIZER",
    };

    private static readonly HashSet<string> _scanningSequences = new(StringComparer.Ordinal) { "SE", "IR", "GR", "EP", "RM" };

    private static readonly (string Mark, string Name)[] _manufacturers =
    [
        ("siemens", "Siemens"),
        ("ge medical", "GE"),
        ("ge healthcare", "GE"),
        ("philips", "Philips"),
        ("canon", "Canon"),
        ("toshiba", "Toshiba"),
        ("hitachi", "Hitachi"),
        ("fujifilm", "Fujifilm"),
        ("united imaging", "United Imaging"),
        ("uih", "United Imaging"),
    ];

    /// <summary>The facts of a stack.</summary>
    public static AcquisitionFacts Of(SliceStack stack) => new()
    {
        Manufacturer = Manufacturer(stack.Series.Manufacturer),
        MagneticFieldStrength = FieldStrengthClass.ToTesla(stack.Series.MagneticFieldStrength),
        ImageType = [.. stack.First.ImageType.Where(_imageTypes.Contains)],
        ScanningSequence = [.. stack.Series.ScanningSequence.Where(_scanningSequences.Contains)],
        MRAcquisitionType = stack.Series.MRAcquisitionType?.ToUpperInvariant() is ("2D" or "3D") and var type ? type : null,
        RepetitionTime = stack.First.RepetitionTime,
        EchoTime = stack.First.EchoTime,
        InversionTime = stack.First.InversionTime,
        FlipAngle = stack.First.FlipAngle,
        EchoTrainLength = stack.First.EchoTrainLength,
        NumberOfAverages = stack.First.NumberOfAverages,
        PixelBandwidth = stack.First.PixelBandwidth,
        SliceThickness = stack.First.SliceThickness,
        IsPostContrast = ContrastAgent.IsGivenBefore(stack),
        IsFatSaturated = FatSaturation.Of(stack),
        RescaleSlope = stack.First.RescaleSlope,
        RescaleIntercept = stack.First.RescaleIntercept,
        PhilipsScaleSlope = stack.First.Scaling.PhilipsSlope,
        PhilipsScaleIntercept = stack.First.Scaling.PhilipsIntercept,
        RealWorldValueSlope = stack.First.Scaling.RealWorldSlope,
        RealWorldValueIntercept = stack.First.Scaling.RealWorldIntercept,
    };

    private static string? Manufacturer(string? text) =>
        text is null ? null : _manufacturers.FirstOrDefault(known => text.Contains(known.Mark, StringComparison.OrdinalIgnoreCase)).Name;
}
