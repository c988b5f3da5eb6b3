using System.Runtime.InteropServices;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>JPEG-LS (PS3.5 section A.4.3), by the system's CharLS 2.</summary>
internal sealed unsafe class JpegLsFrameDecoder : IFrameDecoder
{
    private static readonly NativeCodecLibrary s_library = new("JPEG-LS", "libcharls.so.2", "libcharls.2.dylib", "charls-2-x64");

    public static bool IsPresent => s_library.IsPresent;

    bool IFrameDecoder.IsPresent => IsPresent;

    public DecodedFrame Decode(byte[] frame, FrameFormat format)
    {
        var decoder = ((delegate* unmanaged<nint>)s_library.Function("charls_jpegls_decoder_create"))();
        try
        {
            var ended = Ended(frame);
            fixed (byte* source = ended)
            {
                Require(((delegate* unmanaged<nint, byte*, nuint, int>)s_library.Function("charls_jpegls_decoder_set_source_buffer"))(
                    decoder, source, (nuint)ended.Length));
                Require(((delegate* unmanaged<nint, int>)s_library.Function("charls_jpegls_decoder_read_header"))(decoder));
                return Decode(decoder, format);
            }
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)s_library.Function("charls_jpegls_decoder_destroy"))(decoder);
        }
    }

    /// <summary>CharLS 2.4 loops for minutes over a frame that is cut off without an end marker, so there is always one.</summary>
    public static byte[] Ended(byte[] frame) => [.. frame, 0xff, 0xd9];

    private static DecodedFrame Decode(nint decoder, FrameFormat format)
    {
        FrameInfo info;
        Require(((delegate* unmanaged<nint, FrameInfo*, int>)s_library.Function("charls_jpegls_decoder_get_frame_info"))(decoder, &info));
        format.Check(info.Width, info.Height, info.ComponentCount, info.BitsPerSample, "JPEG-LS");
        int interleaveMode;
        Require(((delegate* unmanaged<nint, int*, int>)s_library.Function("charls_jpegls_decoder_get_interleave_mode"))(decoder, &interleaveMode));
        nuint size;
        Require(((delegate* unmanaged<nint, uint, nuint*, int>)s_library.Function("charls_jpegls_decoder_get_destination_size"))(decoder, 0, &size));
        if (size > (nuint)format.Size)
            throw new DicomCodecException("JPEG-LS frame is larger than the dataset says.");

        var decoded = new byte[(int)size];
        fixed (byte* target = decoded)
            Require(((delegate* unmanaged<nint, byte*, nuint, uint, int>)s_library.Function("charls_jpegls_decoder_decode_to_buffer"))(decoder, target, size, 0));
        return new DecodedFrame(Widened(decoded, format), IsPlanar: interleaveMode == 0 && format.Samples > 1);
    }

    /// <summary>Up to eight bits are decoded to bytes, however many are allocated.</summary>
    public static byte[] Widened(byte[] decoded, FrameFormat format)
    {
        if (decoded.Length == format.Size)
            return decoded;
        if (decoded.Length * 2 != format.Size)
            throw new DicomCodecException("JPEG-LS frame is smaller than the dataset says.");
        var pixels = new byte[format.Size];
        for (var i = 0; i < decoded.Length; i++)
            pixels[2 * i] = decoded[i];
        return pixels;
    }

    public static DicomCodecException Undecodable(int error) => new($"Unable to decode JPEG-LS frame: CharLS error {error}.");

    private static void Require(int error)
    {
        if (error != 0)
            throw Undecodable(error);
    }

    /// <summary>charls_frame_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FrameInfo
    {
        public uint Width;
        public uint Height;
        public int BitsPerSample;
        public int ComponentCount;
    }
}
