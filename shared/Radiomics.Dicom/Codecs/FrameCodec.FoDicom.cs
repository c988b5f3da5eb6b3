using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.Imaging.Codec;

namespace Radiomics.Dicom;

/// <summary>A codec as fo-dicom asks for it.</summary>
/// <param name="syntax">What it reads and writes.</param>
/// <param name="decoder">Reads it; null if nothing here does.</param>
/// <param name="encoder">Writes it; null if nothing here does.</param>
internal sealed class FrameCodec(DicomTransferSyntax syntax, IFrameDecoder? decoder, IDicomCodec? encoder) : IDicomCodec
{
    public string Name => syntax.UID.Name;

    public DicomTransferSyntax TransferSyntax => syntax;

    public DicomCodecParams? GetDefaultParameters() => encoder?.GetDefaultParameters();

    /// <exception cref="DicomCodecException">A frame is broken, or there is no decoder.</exception>
    public void Decode(DicomPixelData oldPixelData, DicomPixelData newPixelData, DicomCodecParams? parameters) =>
        (decoder ?? throw FrameDecoders.Absent(syntax)).Decode(oldPixelData, Enumerable.Range(0, oldPixelData.NumberOfFrames).Select(oldPixelData.GetFrame), newPixelData);

    /// <exception cref="DicomCodecException">There is no encoder.</exception>
    public void Encode(DicomPixelData oldPixelData, DicomPixelData newPixelData, DicomCodecParams? parameters) =>
        (encoder ?? throw new DicomCodecException($"Encoding dataset to transfer syntax {syntax} is not supported.")).Encode(oldPixelData, newPixelData, parameters);
}
