using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>Changes the transfer syntax of a dataset, pixel data included.</summary>
public class DicomTranscoder
{
    public DicomTranscoder(
        DicomTransferSyntax inputSyntax,
        DicomTransferSyntax outputSyntax,
        DicomCodecParams? inputCodecParams = null,
        DicomCodecParams? outputCodecParams = null)
    {
        InputSyntax = inputSyntax;
        OutputSyntax = outputSyntax;
        InputCodecParams = inputCodecParams;
        OutputCodecParams = outputCodecParams;
    }

    public DicomTransferSyntax InputSyntax { get; }

    public DicomCodecParams? InputCodecParams { get; }

    public DicomTransferSyntax OutputSyntax { get; }

    public DicomCodecParams? OutputCodecParams { get; }

    /// <inheritdoc cref="Transcode(DicomDataset)"/>
    public DicomFile Transcode(DicomFile file)
    {
        var transcoded = new DicomFile();
        transcoded.FileMetaInfo.AddOrUpdate(file.FileMetaInfo);
        transcoded.FileMetaInfo.TransferSyntax = OutputSyntax;
        transcoded.Dataset.ValidateItems = false;
        transcoded.Dataset.AddOrUpdate(Transcode(file.Dataset));
        transcoded.Dataset.InternalTransferSyntax = OutputSyntax;
        transcoded.Dataset.ValidateItems = true;
        return transcoded;
    }

    /// <summary>A copy in the output syntax; the given dataset stays as it is.</summary>
    /// <exception cref="DicomCodecException">There is no codec for one of the syntaxes, or the pixel data is broken.</exception>
    public DicomDataset Transcode(DicomDataset dataset)
    {
        var output = dataset.Clone();
        output.InternalTransferSyntax = OutputSyntax;
        if (!dataset.Contains(DicomTag.PixelData))
            return output;
        if (InputSyntax.IsEncapsulated && InputSyntax == OutputSyntax)
            return output;

        if (InputSyntax.IsEncapsulated && OutputSyntax.IsEncapsulated)
        {
            var native = new DicomTranscoder(InputSyntax, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(dataset);
            return new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, OutputSyntax).Transcode(native);
        }

        var source = DicomPixelData.Create(dataset);
        var frames = Enumerable.Range(0, source.NumberOfFrames).Select(source.GetFrame);
        if (InputSyntax.IsEncapsulated)
            Decode(source, frames, output);
        else
            Encode(source, frames, output);
        return output;
    }

    /// <summary>One frame, decompressed: samples in the machine's byte order.</summary>
    /// <param name="frame">From 0.</param>
    /// <exception cref="DicomCodecException">There is no codec for the dataset's syntax, or the frame is broken.</exception>
    public IByteBuffer DecodeFrame(DicomDataset dataset, int frame)
    {
        var source = DicomPixelData.Create(dataset);
        var buffer = source.GetFrame(frame);
        if (!dataset.InternalTransferSyntax.IsEncapsulated)
            return buffer;

        var output = dataset.Clone();
        output.InternalTransferSyntax = OutputSyntax;
        return Decode(source, [buffer], output).GetFrame(0);
    }

    private DicomPixelData Decode(DicomPixelData source, IEnumerable<IByteBuffer> frames, DicomDataset output)
    {
        var decoder = FrameDecoders.For(InputSyntax);
        var target = DicomPixelData.Create(output, newPixelData: true);
        decoder.Decode(source, frames, target);
        return target;
    }

    private void Encode(DicomPixelData source, IEnumerable<IByteBuffer> frames, DicomDataset output)
    {
        if (OutputSyntax.IsEncapsulated && OutputSyntax != DicomTransferSyntax.RLELossless)
            throw new DicomCodecException($"Encoding dataset to transfer syntax {OutputSyntax} is not supported.");

        var target = DicomPixelData.Create(output, newPixelData: true);
        foreach (var frame in frames)
            target.AddFrame(OutputSyntax.IsEncapsulated ? new MemoryByteBuffer(RleCodec.Encode(frame.Data, FrameFormat.Of(source))) : frame);
    }
}
