using System.Buffers.Binary;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Imaging.NativeCodec;

namespace Radiomics.Dicom;

/// <summary>
/// JPEG 2000 and HTJ2K by the OpenJPEG in fo-dicom.Codecs. Its codec frees twice what a header that can't be read leaves, and asks neither whether the image was
/// decoded nor whether it is as large as the dataset says.
/// </summary>
internal sealed unsafe class PackagedJpeg2000FrameDecoder : IFrameDecoder
{
    private const int ThroughFirstComponent = 43;

    public bool IsPresent => PackagedLibrary.IsPresent;

    public DecodedFrame Decode(byte[] frame, FrameFormat format)
    {
        // It reads the header and decodes in one call: how large the image is must be known before.
        var start = CodestreamOf(frame);
        Check(frame.AsSpan(start), format);
        var parameters = stackalloc byte[Jpeg2000FrameDecoder.ParametersSize];
        void* codec = null, stream = null;
        opj_image_t* image = null;
        try
        {
            fixed (byte* source = &frame[start])
            {
                codec = DicomJpeg2000NativeCodec.Opj_create_decompress(OPJ_CODEC_FORMAT.CODEC_J2K);
                DicomJpeg2000NativeCodec.Opj_set_default_decode_parameters((opj_dparameters_t*)parameters);
                DicomJpeg2000NativeCodec.Opj_setup_decoder(codec, (opj_dparameters_t*)parameters);
                stream = DicomJpeg2000NativeCodec.Opj_create_stream(source, (uint)(frame.Length - start), isDecompressor: true);
                image = DicomJpeg2000NativeCodec.Opj_decode(codec, stream);
                if (image is null)
                {
                    codec = stream = null; // it has freed both
                    throw Jpeg2000Image.Undecodable();
                }

                var decoded = (Jpeg2000Image*)image;
                decoded->Check(format);
                return decoded->ToFrame(format);
            }
        }
        finally
        {
            if (image is not null)
            {
                DicomJpeg2000NativeCodec.Opj_image_destroy(image);
            }

            if (stream is not null)
            {
                DicomJpeg2000NativeCodec.Opj_stream_close(stream);
            }

            if (codec is not null)
            {
                DicomJpeg2000NativeCodec.Opj_destroy_decompress(codec);
            }
        }
    }

    /// <summary>Where SOC and SIZ are, which may follow the boxes of a JP2 file.</summary>
    private static int CodestreamOf(ReadOnlySpan<byte> frame)
    {
        var start = frame.IndexOf((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]);
        return start >= 0 && frame.Length - start >= ThroughFirstComponent ? start : throw Jpeg2000Image.Undecodable();
    }

    /// <summary>Compares the SIZ segment (ITU-T T.800 A.5.1) with the dataset.</summary>
    private static void Check(ReadOnlySpan<byte> codestream, FrameFormat format)
    {
        var width = (long)Number(codestream[8..]) - Number(codestream[16..]);
        var height = (long)Number(codestream[12..]) - Number(codestream[20..]);
        format.Check(width, height, BinaryPrimitives.ReadUInt16BigEndian(codestream[40..]), (codestream[42] & 0x7F) + 1, "JPEG 2000");

        static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
