using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>The liver as a binary Segmentation Storage instance (PS3.3 A.51): one segment, one frame for each slice that holds liver.</summary>
internal static class LiverSegmentation
{
    public const string Series = "SEG";

    /// <summary>Creates the instance; it refers to the slices of the in-phase series.</summary>
    public static DicomDataset Create(PhantomSettings settings, PhantomUids uids, Mask liver)
    {
        var geometry = liver.Geometry;
        var slices = SlicesWithLiver(liver);
        var dataset = PhantomHeader.Create(settings, uids, DicomUID.SegmentationStorage, "SEG", Series, 100, "Liver", 1);
        dataset.Add(DicomTag.ImageType, "DERIVED", "PRIMARY");
        dataset.Add(DicomTag.InstanceNumber, "1");
        dataset.Add(DicomTag.ContentDate, PhantomHeader.Date);
        dataset.Add(DicomTag.ContentTime, PhantomHeader.Time);
        dataset.Add(DicomTag.ContentLabel, "LIVER");
        dataset.Add(DicomTag.ContentDescription, "Liver of the phantom");
        dataset.Add(DicomTag.ContentCreatorName, "Phantom^");
        dataset.Add(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Add(DicomTag.NumberOfFrames, slices.Count.ToString(CultureInfo.InvariantCulture));
        dataset.Add(DicomTag.Rows, (ushort)geometry.SizeY);
        dataset.Add(DicomTag.Columns, (ushort)geometry.SizeX);
        dataset.Add(DicomTag.BitsAllocated, (ushort)1);
        dataset.Add(DicomTag.BitsStored, (ushort)1);
        dataset.Add(DicomTag.HighBit, (ushort)0);
        dataset.Add(DicomTag.PixelRepresentation, (ushort)0);
        dataset.Add(DicomTag.LossyImageCompression, "00");
        dataset.Add(DicomTag.SegmentationType, "BINARY");
        dataset.Add(Segment());
        AddDimensions(dataset, uids);
        dataset.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, SharedGroups(geometry)));
        dataset.Add(new DicomSequence(
            DicomTag.PerFrameFunctionalGroupsSequence,
            [.. slices.Select((slice, frame) => FrameGroups(uids, geometry, slice, frame))]));
        dataset.Add(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset
        {
            { DicomTag.SeriesInstanceUID, uids.Series("T1_in") },
            new DicomSequence(DicomTag.ReferencedInstanceSequence, [.. slices.Select(slice => Reference(uids, slice))]),
        }));
        dataset.Add(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(Pack(liver, slices))));
        return dataset;
    }

    private static List<int> SlicesWithLiver(Mask liver)
    {
        var size = liver.Geometry.SizeX * liver.Geometry.SizeY;
        var slices = Enumerable.Range(0, liver.Geometry.SizeZ).Where(k => liver.Voxels.AsSpan(k * size, size).Contains((byte)1)).ToList();
        return slices.Count > 0
            ? slices
            : throw new RadiomicsException("InvalidPhantomSettings", "The grid of the phantom holds no liver: choose a larger field of view.");
    }

    /// <summary>Bits, lowest first, running on from frame to frame without padding between them (PS3.5 8.1.1); the whole is padded to even length.</summary>
    private static byte[] Pack(Mask liver, List<int> slices)
    {
        var size = liver.Geometry.SizeX * liver.Geometry.SizeY;
        var length = (int)(((long)size * slices.Count + 7) / 8);
        var bytes = new byte[length + length % 2];
        var bit = 0L;
        foreach (var slice in slices)
        {
            for (var n = 0; n < size; n++, bit++)
            {
                bytes[bit >> 3] |= (byte)(liver.Voxels[slice * size + n] << (int)(bit & 7));
            }
        }

        return bytes;
    }

    private static DicomSequence Segment() => new(DicomTag.SegmentSequence, new DicomDataset
    {
        { DicomTag.SegmentNumber, (ushort)1 },
        { DicomTag.SegmentLabel, "Liver" },
        { DicomTag.SegmentDescription, "Liver with its vessels" },
        { DicomTag.SegmentAlgorithmType, "AUTOMATIC" },
        { DicomTag.SegmentAlgorithmName, "Phantom geometry" },
        PhantomHeader.Code(DicomTag.SegmentedPropertyCategoryCodeSequence, "123037004", "SCT", "Anatomical Structure"),
        PhantomHeader.Code(DicomTag.SegmentedPropertyTypeCodeSequence, "10200004", "SCT", "Liver"),
    });

    private static void AddDimensions(DicomDataset dataset, PhantomUids uids)
    {
        dataset.Add(new DicomSequence(
            DicomTag.DimensionOrganizationSequence,
            new DicomDataset { { DicomTag.DimensionOrganizationUID, uids.DimensionOrganization } }));
        dataset.Add(DicomTag.DimensionOrganizationType, "3D");
        dataset.Add(new DicomSequence(
            DicomTag.DimensionIndexSequence,
            Dimension(uids, DicomTag.ReferencedSegmentNumber, DicomTag.SegmentIdentificationSequence, "Segment"),
            Dimension(uids, DicomTag.ImagePositionPatient, DicomTag.PlanePositionSequence, "Position")));
    }

    private static DicomDataset Dimension(PhantomUids uids, DicomTag pointer, DicomTag group, string label) => new()
    {
        { DicomTag.DimensionOrganizationUID, uids.DimensionOrganization },
        { DicomTag.DimensionIndexPointer, pointer },
        { DicomTag.FunctionalGroupPointer, group },
        { DicomTag.DimensionDescriptionLabel, label },
    };

    private static DicomDataset SharedGroups(VolumeGeometry geometry) => new()
    {
        new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset
        {
            { DicomTag.ImageOrientationPatient, MrSlice.Orientation(geometry) },
        }),
        new DicomSequence(DicomTag.PixelMeasuresSequence, new DicomDataset
        {
            { DicomTag.SliceThickness, DixonSeries.Decimal(geometry.SpacingZ) },
            { DicomTag.SpacingBetweenSlices, DixonSeries.Decimal(geometry.SpacingZ) },
            { DicomTag.PixelSpacing, MrSlice.Decimals(geometry.SpacingY, geometry.SpacingX) },
        }),
    };

    private static DicomDataset FrameGroups(PhantomUids uids, VolumeGeometry geometry, int slice, int frame)
    {
        var position = geometry.ToPatient(0, 0, slice);
        var source = Reference(uids, slice);
        source.Add(PhantomHeader.Code(DicomTag.PurposeOfReferenceCodeSequence, "121322", "DCM", "Source image for image processing operation"));
        return new()
        {
            new DicomSequence(DicomTag.DerivationImageSequence, new DicomDataset
            {
                PhantomHeader.Code(DicomTag.DerivationCodeSequence, "113076", "DCM", "Segmentation"),
                new DicomSequence(DicomTag.SourceImageSequence, source),
            }),
            new DicomSequence(DicomTag.FrameContentSequence, new DicomDataset
            {
                { DicomTag.DimensionIndexValues, 1u, (uint)(frame + 1) },
            }),
            new DicomSequence(DicomTag.PlanePositionSequence, new DicomDataset
            {
                { DicomTag.ImagePositionPatient, MrSlice.Decimals(position.X, position.Y, position.Z) },
            }),
            new DicomSequence(DicomTag.SegmentIdentificationSequence, new DicomDataset
            {
                { DicomTag.ReferencedSegmentNumber, (ushort)1 },
            }),
        };
    }

    private static DicomDataset Reference(PhantomUids uids, int slice) => new()
    {
        { DicomTag.ReferencedSOPClassUID, DicomUID.MRImageStorage.UID },
        { DicomTag.ReferencedSOPInstanceUID, uids.Instance("T1_in", slice + 1) },
    };
}
