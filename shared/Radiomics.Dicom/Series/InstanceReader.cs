using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Takes from a parsed DICOM file what <see cref="InstanceHeader"/> holds.</summary>
internal static class InstanceReader
{
    private static readonly (string Keyword, DicomTag Tag, DicomTag? Group, int Count)[] _numbers =
    [
        ("ImagePositionPatient", DicomTag.ImagePositionPatient, DicomTag.PlanePositionSequence, 3),
        ("ImageOrientationPatient", DicomTag.ImageOrientationPatient, DicomTag.PlaneOrientationSequence, 6),
        ("PixelSpacing", DicomTag.PixelSpacing, DicomTag.PixelMeasuresSequence, 2),
        ("MagneticFieldStrength", DicomTag.MagneticFieldStrength, null, 1),
        ("EchoTime", DicomTag.EchoTime, null, 1),
        ("RepetitionTime", DicomTag.RepetitionTime, DicomTag.MRTimingAndRelatedParametersSequence, 1),
    ];

    /// <summary>
    /// The header of <paramref name="dataset"/>; null if it has no SOP instance, series or study UID and so is no object of a study.
    /// </summary>
    /// <param name="dataset">What was parsed.</param>
    /// <param name="entry">The file.</param>
    /// <param name="isDamaged">Whether the file ends early.</param>
    /// <param name="memory">Counts what the header holds, if it is kept with others.</param>
    /// <param name="wanted">The kind of image whose planes are read.</param>
    /// <exception cref="RadiomicsException"><c>ArchiveTooLarge</c>, by <paramref name="memory"/>.</exception>
    public static InstanceHeader? Read(DicomDataset dataset, int entry, bool isDamaged = false, HeaderMemory? memory = null, ImageModality wanted = ImageModality.Mr)
    {
        var top = new FrameAttributes(dataset, 0);
        if (top.Text(DicomTag.SOPClassUID) is not { } sopClass
            || top.Text(DicomTag.SOPInstanceUID) is not { } sopInstance
            || top.Text(DicomTag.SeriesInstanceUID) is not { } series
            || top.Text(DicomTag.StudyInstanceUID) is not { } study)
        {
            return null;
        }

        var vendor = PrivateAttributes.Of(dataset);
        var header = new InstanceHeader
        {
            Entry = entry,
            SopClassUid = sopClass,
            Wanted = wanted,
            SopInstanceUid = sopInstance,
            StudyUid = study,
            SeriesUid = series,
            FrameOfReferenceUid = top.Text(DicomTag.FrameOfReferenceUID),
            PatientId = top.Text(DicomTag.PatientID),
            IssuerOfPatientId = top.Text(DicomTag.IssuerOfPatientID),
            PatientName = top.Text(DicomTag.PatientName),
            PatientBirthDate = top.Text(DicomTag.PatientBirthDate),
            StudyDate = top.Text(DicomTag.StudyDate),
            IsBurnedIn = string.Equals(top.Text(DicomTag.BurnedInAnnotation), "YES", StringComparison.OrdinalIgnoreCase),
            Modality = top.Text(DicomTag.Modality),
            SeriesNumber = top.Integer(DicomTag.SeriesNumber),
            Manufacturer = top.Text(DicomTag.Manufacturer),
            SeriesDescription = top.Text(DicomTag.SeriesDescription),
            ProtocolName = top.Text(DicomTag.ProtocolName),
            MagneticFieldStrength = top.Number(DicomTag.MagneticFieldStrength),
            MRAcquisitionType = top.Text(DicomTag.MRAcquisitionType),
            ImageType = Codes(top.Texts(DicomTag.ImageType)),
            ScanOptions = Codes(top.Texts(DicomTag.ScanOptions)),
            ScanningSequence = ScanningSequence(top),
            SequenceVariant = Codes(top.Texts(DicomTag.SequenceVariant)),
            HasContrastAgent = ContrastAgent.IsNamed(top),
            ContrastStart = ContrastAgent.Seconds(top.Text(DicomTag.ContrastBolusStartTime)),
            ImagesInAcquisition = top.Integer(DicomTag.ImagesInAcquisition),
            SeriesInstances = top.Integer(DicomTag.NumberOfSeriesRelatedInstances),
            StudyInstances = top.Integer(DicomTag.NumberOfStudyRelatedInstances),
            IsImage = top.Integer(DicomTag.Rows) > 0 && top.Integer(DicomTag.Columns) > 0,
        };
        memory?.Count(header);
        header = header with
        {
            HasNoFrameCount = top.Integer(DicomTag.NumberOfFrames) is not > 0
                && (dataset.Contains(DicomTag.NumberOfFrames) || FrameAttributes.CountDescribed(dataset) > 0),
            Fault = isDamaged ? ObjectFault.Damaged : PixelCheck.FaultOf(dataset, header),
            Unreadable = Unreadable(top),
            Packing = PackingOf(dataset, header, top, vendor),
        };
        if (!SopClasses.IsWanted(header) || !header.IsImage || header.Packing is not null)
        {
            return header;
        }

        var (slices, placeless) = ReadFrames(dataset, header, vendor, FrameAttributes.CountFrames(dataset), memory);
        return header with
        {
            Slices = slices,
            Placeless = placeless,
            Unreadable = slices.Count > 0 && placeless.Count == 0 ? header.Unreadable : UnreadableInFrames(dataset, header.Unreadable),
        };
    }

    /// <summary>A classic image is one slice (PS3.3 A.4), whatever its vendor makes of that.</summary>
    private static SlicePacking? PackingOf(DicomDataset dataset, InstanceHeader header, FrameAttributes top, PrivateAttributes vendor)
    {
        if (!SopClasses.IsWanted(header) || FrameAttributes.CountDescribed(dataset) > 0)
        {
            return null;
        }

        return header.ImageType.Contains("MOSAIC") ? SlicePacking.Mosaic
            : top.Integer(DicomTag.NumberOfFrames) > 1 || header.ImageType.Contains("VFRAME") ? SlicePacking.Frames
            : vendor.PackedSlices > 1 ? SlicePacking.Mosaic
            : null;
    }

    private static string[] Unreadable(FrameAttributes frame) =>
        [.. _numbers.Where(number => frame.IsUnreadable(number.Tag, number.Group, number.Count)).Select(number => number.Keyword)];

    /// <summary>What is unreadable at the top or in the first frame; where nothing is, in the first later frame that has such.</summary>
    private static IReadOnlyList<string> UnreadableInFrames(DicomDataset dataset, IReadOnlyList<string> first)
    {
        var described = FrameAttributes.CountDescribed(dataset);
        for (var frame = 1; first.Count == 0 && frame < described; frame++)
        {
            first = Unreadable(new FrameAttributes(dataset, frame));
        }

        return first;
    }

    private static (IReadOnlyList<SliceHeader> Slices, IReadOnlyList<PlacelessFrame> Placeless) ReadFrames(
        DicomDataset dataset, InstanceHeader header, PrivateAttributes vendor, int frames, HeaderMemory? memory)
    {
        // Frames of one object lie at different places only if each has an item of its own; a number alone is no frame.
        if (frames > 1 && frames > FrameAttributes.CountDescribed(dataset))
        {
            return ([], []);
        }

        var (slices, placeless) = (new List<SliceHeader>(), new List<PlacelessFrame>());
        for (var index = 0; index < frames; index++)
        {
            var frame = new FrameAttributes(dataset, index);
            if (ReadSlice(frame, header, vendor, index) is { } slice)
            {
                memory?.CountFrame(ReferenceEquals(slice.ImageType, header.ImageType) ? null : slice.ImageType, slice.AcquisitionContrast, slice.ComplexComponent);
                slices.Add(slice);
            }
            else
            {
                var imageType = ImageTypeOf(frame, header);
                memory?.CountFrame(ReferenceEquals(imageType, header.ImageType) ? null : imageType);
                placeless.Add(new PlacelessFrame(imageType, EchoTimeOf(frame), Unreadable(frame) is [var keyword, ..] ? ObjectFault.Unreadable(keyword) : null));
            }
        }

        // Of an object without any place it is said as of a whole.
        return (slices, slices.Count > 0 ? placeless : []);
    }

    private static IReadOnlyList<string> ImageTypeOf(FrameAttributes frame, InstanceHeader header) =>
        Codes(frame.Texts(DicomTag.FrameType, DicomTag.MRImageFrameTypeSequence)) is { Length: > 0 } own ? own : header.ImageType;

    private static double? EchoTimeOf(FrameAttributes frame) => frame.Number(DicomTag.EffectiveEchoTime, DicomTag.MREchoSequence) ?? frame.Number(DicomTag.EchoTime);

    private static SliceHeader? ReadSlice(FrameAttributes frame, InstanceHeader header, PrivateAttributes vendor, int index)
    {
        if (frame.Numbers(DicomTag.ImagePositionPatient, DicomTag.PlanePositionSequence) is not [var px, var py, var pz]
            || frame.Numbers(DicomTag.ImageOrientationPatient, DicomTag.PlaneOrientationSequence) is not [var xx, var xy, var xz, var yx, var yy, var yz]
            || frame.Numbers(DicomTag.PixelSpacing, DicomTag.PixelMeasuresSequence) is not [> 0 and var rowSpacing, > 0 and var columnSpacing])
        {
            return null;
        }

        var slope = frame.Number(DicomTag.RescaleSlope, DicomTag.PixelValueTransformationSequence);
        var intercept = frame.Number(DicomTag.RescaleIntercept, DicomTag.PixelValueTransformationSequence);
        return new SliceHeader
        {
            Entry = header.Entry,
            SopInstanceUid = header.SopInstanceUid,
            Frame = index,
            Rows = frame.Integer(DicomTag.Rows) ?? 0,
            Columns = frame.Integer(DicomTag.Columns) ?? 0,
            PixelSpacing = (rowSpacing, columnSpacing),
            Position = new Point3(px, py, pz),
            DirectionX = new Point3(xx, xy, xz),
            DirectionY = new Point3(yx, yy, yz),
            RescaleSlope = slope ?? 1,
            RescaleIntercept = intercept ?? 0,
            LacksSlope = slope is null,
            LacksIntercept = intercept is null,
            Fault = header.Fault ?? (slope == 0 ? ObjectFault.NoSlope : ScaleFault(frame)),
            Scaling = ScannerScaling.Of(frame),
            RescaleType = header.Wanted == ImageModality.Ct ? frame.Text(DicomTag.RescaleType, DicomTag.PixelValueTransformationSequence)?.ToUpperInvariant() : null,
            Pet = header.Wanted == ImageModality.Pet ? PetHeader.Of(frame) : null,
            SliceThickness = frame.Number(DicomTag.SliceThickness, DicomTag.PixelMeasuresSequence),
            SpacingBetweenSlices = frame.Number(DicomTag.SpacingBetweenSlices, DicomTag.PixelMeasuresSequence),
            IsOfSlab = string.Equals(header.MRAcquisitionType, "3D", StringComparison.OrdinalIgnoreCase),
            ImageType = ImageTypeOf(frame, header),
            EchoTime = EchoTimeOf(frame),
            RepetitionTime = frame.Number(DicomTag.RepetitionTime, DicomTag.MRTimingAndRelatedParametersSequence),
            InversionTime = frame.Number(DicomTag.InversionTime),
            FlipAngle = frame.Number(DicomTag.FlipAngle, DicomTag.MRTimingAndRelatedParametersSequence),
            EchoTrainLength = frame.Integer(DicomTag.EchoTrainLength, DicomTag.MRTimingAndRelatedParametersSequence),
            NumberOfAverages = frame.Number(DicomTag.NumberOfAverages, DicomTag.MRAveragesSequence),
            PixelBandwidth = frame.Number(DicomTag.PixelBandwidth, DicomTag.MRImagingModifierSequence),
            TemporalPosition = frame.Integer(DicomTag.TemporalPositionIndex, DicomTag.FrameContentSequence)
                ?? frame.Integer(DicomTag.TemporalPositionIdentifier),
            AcquisitionNumber = frame.Integer(DicomTag.FrameAcquisitionNumber, DicomTag.FrameContentSequence)
                ?? frame.Integer(DicomTag.AcquisitionNumber),
            AcquisitionTime = ContrastAgent.Seconds(frame.Text(DicomTag.FrameAcquisitionDateTime, DicomTag.FrameContentSequence))
                ?? ContrastAgent.Seconds(frame.Text(DicomTag.AcquisitionTime)),
            TriggerTime = frame.Number(DicomTag.NominalCardiacTriggerDelayTime, DicomTag.CardiacSynchronizationSequence)
                ?? frame.Number(DicomTag.TriggerTime),
            BValue = frame.Number(DicomTag.DiffusionBValue, DicomTag.MRDiffusionSequence) ?? vendor.BValue,
            AcquisitionContrast = frame.Text(DicomTag.AcquisitionContrast, DicomTag.MRImageFrameTypeSequence)?.ToUpperInvariant(),
            ComplexComponent = Component(frame.Text(DicomTag.ComplexImageComponent, DicomTag.MRImageFrameTypeSequence)) ?? vendor.ComplexComponent,
            ContrastAdministered = ContrastAgent.IsAdministered(frame),
            IsFatSuppressed = FatSaturation.IsSpectral(frame),
        };
    }

    private static string? Component(string? value) => value?.ToUpperInvariant() is ("PHASE" or "REAL" or "IMAGINARY") and var component ? component : null;

    private static ObjectFault? ScaleFault(FrameAttributes frame) =>
        frame.IsUnreadable(DicomTag.RescaleSlope, DicomTag.PixelValueTransformationSequence) ? ObjectFault.Unreadable("RescaleSlope")
        : frame.IsUnreadable(DicomTag.RescaleIntercept, DicomTag.PixelValueTransformationSequence) ? ObjectFault.Unreadable("RescaleIntercept")
        : null;

    private static string[] ScanningSequence(FrameAttributes top)
    {
        if (Codes(top.Texts(DicomTag.ScanningSequence)) is { Length: > 0 } classic)
        {
            return classic;
        }

        string[] echoes = top.Text(DicomTag.EchoPulseSequence)?.ToUpperInvariant() switch
        {
            "SPIN" => ["SE"],
            "GRADIENT" => ["GR"],
            "BOTH" => ["SE", "GR"],
            _ => [],
        };
        return top.Text(DicomTag.EchoPlanarPulseSequence)?.ToUpperInvariant() == "YES" ? ["EP", .. echoes] : echoes;
    }

    private static string[] Codes(string[] texts) => [.. texts.Select(text => text.ToUpperInvariant())];
}
