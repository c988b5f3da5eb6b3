using System.Buffers.Binary;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Imaging.NativeCodec;

namespace Radiomics.Dicom;

/// <summary>
/// JPEG-LS of one sample a pixel, by the CharLS in fo-dicom.Codecs. Its codec passes over CharLS's errors, and that CharLS believes parameters that lead it
/// out of its tables, so they are checked before.
/// </summary>
internal sealed class PackagedJpegLsFrameDecoder : IFrameDecoder
{
    private const int MessageSize = 256;

    public bool IsPresent => PackagedLibrary.IsPresent;

    public DecodedFrame Decode(byte[] frame, FrameFormat format)
    {
        if (format.Samples != 1)
        {
            throw new DicomCodecException($"JPEG-LS frames of {format.Samples} samples are not supported without the system's CharLS.");
        }

        var bits = Check(frame, format);
        var decoded = new byte[format.PixelCount * (bits > 8 ? 2 : 1)];
        DecodeTo(decoded, JpegLsFrameDecoder.Ended(frame));
        return new DecodedFrame(JpegLsFrameDecoder.Widened(decoded, format));
    }

    private static unsafe void DecodeTo(byte[] pixels, byte[] frame)
    {
        var parameters = default(JlsParameters);
        fixed (byte* target = pixels, source = frame)
        {
            var result = DicomJpegLsNativeCodec.JpegLSDecode(target, pixels.Length, source, (uint)frame.Length, ref parameters, new char[MessageSize]);
            if (result != CharlsApiResultType.OK)
            {
                throw JpegLsFrameDecoder.Undecodable((int)result);
            }
        }
    }

    /// <summary>Reads the segments before the pixels (ITU-T T.87 annex C) and compares them with the dataset and the bounds that the standard sets.</summary>
    /// <returns>The bits of a sample.</returns>
    private static int Check(ReadOnlySpan<byte> frame, FrameFormat format)
    {
        if (!frame.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            throw Broken("it has no start marker");
        }

        var bits = 0;
        ReadOnlySpan<byte> presets = [];
        for (var at = 2; ;)
        {
            var segment = Segment(frame, ref at, out var marker);
            switch (marker)
            {
                case 0xF7 when bits == 0 && segment.Length >= 6:
                    bits = segment[0];
                    format.Check(BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), segment[5], bits, "JPEG-LS");
                    break;
                case 0xF7:
                    throw Broken("its frame header is cut off, or there are two");
                case 0xF8 when segment is [1, ..]:
                    presets = segment.Length == 11 ? segment[1..] : throw Broken("its coding parameters are cut off");
                    break;
                case 0xF8:
                    throw new DicomCodecException("JPEG-LS frames with mapping tables or large sizes are not supported.");
                case 0xDA when bits >= 2 && segment is [1, _, _, var near, 0, 0]:
                    CheckPresets(presets, (1 << bits) - 1, near);
                    return bits;
                case 0xDA:
                    throw Broken("its scan isn't that of one sample a pixel");
            }
        }
    }

    /// <summary>The bounds of T.87 C.2.4.1.1; a zero stands for the default. This CharLS reads no other reset value nor maximum than the default rightly.</summary>
    private static void CheckPresets(ReadOnlySpan<byte> presets, int maximum, int near)
    {
        if (near > Math.Min(255, maximum / 2))
        {
            throw Broken("it allows for larger differences than its samples have");
        }

        if (presets.IsEmpty)
        {
            return;
        }

        var (max, t1, t2, t3, reset) = (Number(presets), Number(presets[2..]), Number(presets[4..]), Number(presets[6..]), Number(presets[8..]));
        if (max != 0 && max != maximum || reset is not (0 or 64))
        {
            throw new DicomCodecException($"JPEG-LS frames with a maximum of {max} or a reset value of {reset} are not supported.");
        }

        var areDefault = t1 == 0 && t2 == 0 && t3 == 0;
        if (!areDefault && !(near < t1 && t1 <= t2 && t2 <= t3 && t3 <= maximum))
        {
            throw Broken("its thresholds are impossible");
        }

        static int Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>The next marker and what its segment holds.</summary>
    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> frame, scoped ref int at, out byte marker)
    {
        while (at + 1 < frame.Length && frame[at] == 0xFF && frame[at + 1] == 0xFF)
        {
            at++; // fill bytes
        }

        if (at + 4 > frame.Length || frame[at] != 0xFF)
        {
            throw Broken("it is cut off");
        }

        marker = frame[at + 1];
        var length = BinaryPrimitives.ReadUInt16BigEndian(frame[(at + 2)..]);
        if (length < 2 || at + 2 + length > frame.Length)
        {
            throw Broken("it is cut off");
        }

        var segment = frame.Slice(at + 4, length - 2);
        at += 2 + length;
        return segment;
    }

    private static DicomCodecException Broken(string what) => new($"Unable to decode JPEG-LS frame: {what}.");
}
