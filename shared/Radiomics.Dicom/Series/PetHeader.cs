using System.Globalization;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>What the header of a PET image says of units, dose and times. Times are seconds since the beginning of the calendar.</summary>
internal sealed record PetHeader
{
    private const string Philips = "Philips PET Private Group";

    /// <summary>Units (PS3.3 C.8.9.1): <c>BQML</c>, <c>CNTS</c>, <c>GML</c> …</summary>
    public string? Units { get; init; }

    /// <summary>SUVType, of images that are SUV already: <c>BW</c>, <c>LBM</c> …</summary>
    public string? SuvType { get; init; }

    /// <summary>DecayCorrection: <c>START</c>, <c>ADMIN</c> or <c>NONE</c>.</summary>
    public string? DecayCorrection { get; init; }

    /// <summary>CorrectedImage: <c>ATTN</c>, <c>DECY</c> …</summary>
    public IReadOnlyList<string> Corrections { get; init; } = [];

    /// <summary>PatientWeight, kg.</summary>
    public double? Weight { get; init; }

    /// <summary>RadionuclideTotalDose, Bq.</summary>
    public double? Dose { get; init; }

    /// <summary>RadionuclideHalfLife, s.</summary>
    public double? HalfLife { get; init; }

    /// <summary>RadiopharmaceuticalStartDateTime.</summary>
    public double? Administered { get; init; }

    /// <summary>RadiopharmaceuticalStartTime, seconds since midnight.</summary>
    public double? AdministeredTime { get; init; }

    /// <summary>SeriesDate and SeriesTime.</summary>
    public double? SeriesStart { get; init; }

    /// <summary>AcquisitionDate and AcquisitionTime.</summary>
    public double? Acquired { get; init; }

    /// <summary>FrameReferenceTime, s.</summary>
    public double? ReferenceTime { get; init; }

    /// <summary>ActualFrameDuration, s.</summary>
    public double? Duration { get; init; }

    /// <summary>GE's own date and time of the scan (0009,xx0D).</summary>
    public double? GeScan { get; init; }

    /// <summary>Philips' factor from stored counts to SUV (7053,xx00).</summary>
    public double? PhilipsSuv { get; init; }

    /// <summary>Philips' factor from stored counts to Bq/ml (7053,xx09).</summary>
    public double? PhilipsActivity { get; init; }

    /// <summary>Reads a dataset's top.</summary>
    public static PetHeader Of(FrameAttributes top)
    {
        var drug = top.Item(DicomTag.RadiopharmaceuticalInformationSequence) is { } item ? new FrameAttributes(item, 0) : null;
        return new()
        {
            Units = top.Text(DicomTag.Units)?.ToUpperInvariant(),
            SuvType = top.Text(DicomTag.SUVType)?.ToUpperInvariant(),
            DecayCorrection = top.Text(DicomTag.DecayCorrection)?.ToUpperInvariant(),
            Corrections = [.. top.Texts(DicomTag.CorrectedImage).Select(text => text.ToUpperInvariant())],
            Weight = Positive(top.Number(DicomTag.PatientWeight)),
            Dose = Positive(drug?.Number(DicomTag.RadionuclideTotalDose)),
            HalfLife = Positive(drug?.Number(DicomTag.RadionuclideHalfLife)),
            Administered = Moment(drug?.Text(DicomTag.RadiopharmaceuticalStartDateTime)),
            AdministeredTime = ContrastAgent.Seconds(drug?.Text(DicomTag.RadiopharmaceuticalStartTime)),
            SeriesStart = Moment(top.Text(DicomTag.SeriesDate), top.Text(DicomTag.SeriesTime)),
            Acquired = Moment(top.Text(DicomTag.AcquisitionDate), top.Text(DicomTag.AcquisitionTime)) ?? Moment(top.Text(DicomTag.AcquisitionDateTime)),
            ReferenceTime = top.Number(DicomTag.FrameReferenceTime) / 1000,
            Duration = Positive(top.Number(DicomTag.ActualFrameDuration) / 1000),
            GeScan = Moment(top.PrivateText("GEMS_PETD_01", 0x0009, 0x0D)),
            PhilipsSuv = Positive(NumberText.Decimal(top.PrivateText(Philips, 0x7053, 0x00) ?? "")),
            PhilipsActivity = Positive(NumberText.Decimal(top.PrivateText(Philips, 0x7053, 0x09) ?? "")),
        };
    }

    private static double? Positive(double? value) => value > 0 ? value : null;

    private static double? Moment(string? dateTime) => dateTime is { Length: >= 14 } ? Moment(dateTime[..8], dateTime[8..]) : null;

    private static double? Moment(string? date, string? time) =>
        DateOnly.TryParseExact(date?.Replace(".", "", StringComparison.Ordinal), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && ContrastAgent.Seconds(time) is { } seconds ? (day.DayNumber * 86400.0) + seconds : null;
}
