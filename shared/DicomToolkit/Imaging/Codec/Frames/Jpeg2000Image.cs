using System.Runtime.InteropServices;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>opj_image_t of OpenJPEG 2, as far as it is read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Jpeg2000Image
{
    private readonly uint _x0;
    private readonly uint _y0;
    private readonly uint _x1;
    private readonly uint _y1;
    private readonly uint _componentCount;
    private readonly int _colorSpace;
    private readonly Component* _components;

    /// <exception cref="DicomCodecException">It isn't the image that the dataset describes.</exception>
    public readonly void Check(FrameFormat format)
    {
        format.Check((long)_x1 - _x0, (long)_y1 - _y0, _componentCount, _components[0].Precision, "JPEG 2000");
        for (var i = 0; i < format.Samples; i++)
        {
            var component = _components[i];
            format.Check(component.Width, component.Height, format.Samples, component.Precision, "JPEG 2000");
        }
    }

    /// <summary>The samples of an image that has been checked.</summary>
    /// <exception cref="DicomCodecException">A component wasn't decoded.</exception>
    public readonly DecodedFrame ToFrame(FrameFormat format)
    {
        var pixels = new byte[format.Size];
        for (var sample = 0; sample < format.Samples; sample++)
        {
            var data = _components[sample].Data;
            if (data is null)
                throw Undecodable();
            for (var i = 0; i < format.PixelCount; i++)
            {
                var at = (i * format.Samples) + sample;
                if (format.BytesPerSample == 1)
                {
                    pixels[at] = (byte)data[i];
                    continue;
                }

                pixels[2 * at] = (byte)data[i];
                pixels[(2 * at) + 1] = (byte)(data[i] >> 8);
            }
        }

        var isRgb = format.Interpretation == PhotometricInterpretation.YbrRct || format.Interpretation == PhotometricInterpretation.YbrIct;
        return new DecodedFrame(pixels, IsRgb: isRgb);
    }

    public static DicomCodecException Undecodable() => new("Unable to decode JPEG 2000 frame.");

    /// <summary>opj_image_comp_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Component
    {
        public uint Dx;
        public uint Dy;
        public uint Width;
        public uint Height;
        public uint X0;
        public uint Y0;
        public uint Precision;
        public uint BitsPerPixel;
        public uint IsSigned;
        public uint Resolutions;
        public uint Factor;
        public int* Data;
        public ushort Alpha;
    }
}
