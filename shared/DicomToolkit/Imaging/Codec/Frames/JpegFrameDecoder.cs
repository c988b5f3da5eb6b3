using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using JpegLibrary;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>Lossy JPEG, baseline and extended (PS3.5 section A.4.1), by JpegLibrary.</summary>
internal sealed class JpegFrameDecoder : IFrameDecoder
{
    public DecodedFrame Decode(byte[] frame, FrameFormat format)
    {
        try
        {
            var decoder = new JpegDecoder();
            decoder.SetInput(frame);
            decoder.Identify();
            format.Check(decoder.Width, decoder.Height, decoder.NumberOfComponents, decoder.Precision, "JPEG");

            var output = new SampleWriter(format, (1 << decoder.Precision) - 1);
            decoder.SetOutputWriter(output);
            decoder.Decode();
            var isYbr = format.Samples == 3 && format.BitsAllocated == 8 && format.Interpretation is { IsYBR: true };
            if (isYbr)
                YbrToRgb(output.Pixels);
            return new DecodedFrame(output.Pixels, IsRgb: isYbr);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or NotSupportedException)
        {
            throw new DicomCodecException($"Unable to decode JPEG frame: {e.Message}", e);
        }
    }

    /// <summary>PS3.3 section C.7.6.3.1.2, YBR_FULL.</summary>
    private static void YbrToRgb(byte[] pixels)
    {
        for (var i = 0; i + 2 < pixels.Length; i += 3)
        {
            double y = pixels[i], blue = pixels[i + 1] - 128.0, red = pixels[i + 2] - 128.0;
            pixels[i] = Clamped(y + (1.402 * red));
            pixels[i + 1] = Clamped(y - (0.344136 * blue) - (0.714136 * red));
            pixels[i + 2] = Clamped(y + (1.772 * blue));
        }
    }

    private static byte Clamped(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    /// <summary>Takes blocks of 8 × 8 samples of a component, of which what lies beyond the image is dropped.</summary>
    /// <param name="maximum">Samples are clamped to it.</param>
    private sealed class SampleWriter(FrameFormat format, int maximum) : JpegBlockOutputWriter
    {
        private const int BlockSize = 8;

        public byte[] Pixels { get; } = new byte[format.Size];

        public override void WriteBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            var block = MemoryMarshal.CreateReadOnlySpan(ref blockRef, BlockSize * BlockSize);
            var width = Math.Min(BlockSize, format.Width - x);
            var height = Math.Min(BlockSize, format.Height - y);
            for (var row = 0; row < height; row++)
            {
                var at = (((y + row) * format.Width) + x) * format.Samples + componentIndex;
                for (var column = 0; column < width; column++, at += format.Samples)
                    Put(at, block[(row * BlockSize) + column]);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Put(int at, short sample)
        {
            var value = Math.Clamp((int)sample, 0, maximum);
            if (format.BytesPerSample == 1)
            {
                Pixels[at] = (byte)value;
                return;
            }

            Pixels[2 * at] = (byte)value;
            Pixels[(2 * at) + 1] = (byte)(value >> 8);
        }
    }
}
