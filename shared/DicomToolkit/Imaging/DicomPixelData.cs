using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Imaging;

/// <summary>The image pixel module (PS3.3 section C.7.6.3) of a dataset, frame by frame; setters write the dataset.</summary>
public abstract class DicomPixelData
{
    protected DicomPixelData(DicomDataset dataset)
    {
        Dataset = dataset;
        Syntax = dataset.InternalTransferSyntax;
    }

    public DicomDataset Dataset { get; }

    public DicomTransferSyntax Syntax { get; private set; }

    public ushort Width
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.Columns);
        set => Dataset.AddOrUpdate(new DicomUnsignedShort(DicomTag.Columns, value));
    }

    public ushort Height
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.Rows);
        set => Dataset.AddOrUpdate(new DicomUnsignedShort(DicomTag.Rows, value));
    }

    public int NumberOfFrames
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.NumberOfFrames, 1);
        set => Dataset.AddOrUpdate(new DicomIntegerString(DicomTag.NumberOfFrames, value));
    }

    public BitDepth BitDepth => new(BitsAllocated, BitsStored, HighBit, PixelRepresentation == PixelRepresentation.Signed);

    public ushort BitsAllocated => Dataset.GetSingleValue<ushort>(DicomTag.BitsAllocated);

    /// <exception cref="DicomImagingException">More than are allocated are set.</exception>
    public ushort BitsStored
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.BitsStored);
        set => Dataset.AddOrUpdate(value <= BitsAllocated
            ? new DicomUnsignedShort(DicomTag.BitsStored, value)
            : throw new DicomImagingException($"Value: {value} > Bits Allocated: {BitsAllocated}"));
    }

    /// <exception cref="DicomImagingException">A bit beyond those allocated is set.</exception>
    public ushort HighBit
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.HighBit);
        set => Dataset.AddOrUpdate(value < BitsAllocated
            ? new DicomUnsignedShort(DicomTag.HighBit, value)
            : throw new DicomImagingException($"Value: {value} >= Bits Allocated: {BitsAllocated}"));
    }

    public ushort SamplesPerPixel
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.SamplesPerPixel, (ushort)1);
        set => Dataset.AddOrUpdate(new DicomUnsignedShort(DicomTag.SamplesPerPixel, value));
    }

    public PixelRepresentation PixelRepresentation
    {
        get => Dataset.GetSingleValue<PixelRepresentation>(DicomTag.PixelRepresentation);
        set => Dataset.AddOrUpdate(new DicomUnsignedShort(DicomTag.PixelRepresentation, (ushort)value));
    }

    public PlanarConfiguration PlanarConfiguration
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.PlanarConfiguration, PlanarConfiguration.Interleaved);
        set => Dataset.AddOrUpdate(new DicomUnsignedShort(DicomTag.PlanarConfiguration, (ushort)value));
    }

    /// <summary>Null if the dataset has none that is known.</summary>
    public PhotometricInterpretation PhotometricInterpretation
    {
        get => Dataset.GetSingleValueOrDefault<PhotometricInterpretation>(DicomTag.PhotometricInterpretation, null!);
        set => Dataset.AddOrUpdate(new DicomCodeString(DicomTag.PhotometricInterpretation, value.Value));
    }

    /// <summary>Whether the image was ever compressed with loss.</summary>
    public bool IsLossy => Dataset.TryGetSingleValue(DicomTag.LossyImageCompression, out string lossy) && lossy == "01";

    /// <summary>Bytes a sample takes; 1 for single bits too.</summary>
    public int BytesAllocated => ((BitsAllocated - 1) / 8) + 1;

    /// <summary>Bytes a frame takes; of single bits, rounded up.</summary>
    public int UncompressedFrameSize
    {
        get
        {
            if (BitsAllocated == 1)
                return ((Width * Height) - 1) / 8 + 1;

            var interpretation = PhotometricInterpretation;
            var isHalved = interpretation == PhotometricInterpretation.YbrFull422;
            var needsEvenWidth = isHalved || interpretation == PhotometricInterpretation.YbrPartial422 || interpretation == PhotometricInterpretation.YbrPartial420;
            var width = needsEvenWidth ? Width + (Width % 2) : Width;
            var samples = isHalved && !Syntax.IsEncapsulated && !Syntax.IsDeflate ? 2 : SamplesPerPixel;
            return BytesAllocated * samples * width * Height;
        }
    }

    /// <summary>The pixel data of a dataset, or an empty one put into it in its transfer syntax.</summary>
    /// <exception cref="DicomImagingException">There is no pixel data, or it is of a VR that pixel data can't have.</exception>
    public static DicomPixelData Create(DicomDataset dataset, bool newPixelData = false)
    {
        if (newPixelData)
            return CreateNew(dataset);
        return dataset.GetDicomItem<DicomItem>(DicomTag.PixelData) switch
        {
            null => throw new DicomImagingException("DICOM dataset is missing pixel data element."),
            DicomOtherByte bytes => new NativePixelData(dataset, bytes),
            DicomOtherWord words => new NativePixelData(dataset, words),
            DicomFragmentSequence fragments => new EncapsulatedPixelData(dataset, fragments),
            var other => throw new DicomImagingException($"Unexpected or unhandled pixel data element type: {other.GetType()}"),
        };
    }

    /// <param name="frame">From 0.</param>
    /// <returns>Native: the frame's bytes, each sample in the machine's order. Encapsulated: the frame's compressed bytes.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such frame.</exception>
    public abstract IByteBuffer GetFrame(int frame);

    public abstract void AddFrame(IByteBuffer data);

    private protected void CheckFrame(int frame)
    {
        if (frame < 0 || frame >= NumberOfFrames)
            throw new IndexOutOfRangeException("Requested frame out of range!");
    }

    private static DicomPixelData CreateNew(DicomDataset dataset)
    {
        var bitsAllocated = dataset.GetSingleValue<ushort>(DicomTag.BitsAllocated);
        var syntax = dataset.InternalTransferSyntax;
        if (syntax.IsEncapsulated && bitsAllocated > 16)
            throw new DicomImagingException($"Cannot represent pixel data with Bits Allocated: {bitsAllocated} > 16");

        DicomItem element = (syntax.IsEncapsulated, bitsAllocated > 8 || syntax == DicomTransferSyntax.ImplicitVRLittleEndian) switch
        {
            (true, _) when bitsAllocated > 8 => new DicomOtherWordFragment(DicomTag.PixelData),
            (true, _) => new DicomOtherByteFragment(DicomTag.PixelData),
            (false, true) => new DicomOtherWord(DicomTag.PixelData, new CompositeByteBuffer()),
            _ => new DicomOtherByte(DicomTag.PixelData, new CompositeByteBuffer()),
        };
        dataset.AddOrUpdate(element);
        var pixelData = Create(dataset);
        pixelData.NumberOfFrames = 0;
        return pixelData;
    }
}
