namespace FellowOakDicom.Imaging.Codec;

/// <summary>A decoded frame: samples in little endian, interleaved unless it says planar.</summary>
internal sealed record DecodedFrame(byte[] Pixels, bool IsPlanar = false, bool IsRgb = false);

/// <summary>Decompresses frames of a transfer syntax.</summary>
internal interface IFrameDecoder
{
    /// <summary>Whether the library that it calls is there.</summary>
    bool IsPresent => true;

    /// <exception cref="DicomCodecException">The bytes aren't what the transfer syntax or the dataset says.</exception>
    DecodedFrame Decode(byte[] frame, FrameFormat format);
}
