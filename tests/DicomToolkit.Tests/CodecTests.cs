using System.Runtime.InteropServices;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO.Buffer;

namespace DicomToolkit.Tests;

/// <summary>Frames compressed by other implementations decode to the image they were made from.</summary>
public class CodecTests
{
    private const int Width = 21;
    private const int Height = 13;

    public static TheoryData<string> Lossless => [.. Frames.Keys.Where(k => !k.StartsWith("base", StringComparison.Ordinal) && !k.StartsWith("ext", StringComparison.Ordinal))];

    private static IReadOnlyDictionary<string, (DicomTransferSyntax Syntax, string Interpretation, byte[] Bytes)> Frames { get; } = ReadFrames();

    [Theory]
    [MemberData(nameof(Lossless))]
    public void A_losslessly_compressed_frame_decodes_exactly(string name)
    {
        var dataset = Compressed(name);
        SkipWithoutLibrary(dataset.InternalTransferSyntax);
        var decoded = new DicomTranscoder(dataset.InternalTransferSyntax, DicomTransferSyntax.ExplicitVRLittleEndian).DecodeFrame(dataset, 0);
        Assert.Equal(Interleaved(dataset, decoded.Data), Image(name));
    }

    [Theory]
    [InlineData("base_g8", 6)]
    [InlineData("base_rgb", 30)]
    [InlineData("ext_u12", 60)]
    public void A_lossy_frame_decodes_to_about_its_image(string name, double tolerance)
    {
        var dataset = Compressed(name);
        var decoded = new DicomTranscoder(dataset.InternalTransferSyntax, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(dataset);
        var pixels = Samples(DicomPixelData.Create(decoded).GetFrame(0).Data, name);
        var image = Samples(Image(name), name);
        Assert.InRange(pixels.Zip(image, (a, b) => Math.Abs(a - b)).Average(), 0, tolerance);
        Assert.Equal(name == "base_rgb" ? "RGB" : "MONOCHROME2", decoded.GetString(DicomTag.PhotometricInterpretation));
    }

    [Theory]
    [InlineData("rle_u12")]
    [InlineData("rle_s16")]
    [InlineData("rle_rgb")]
    public void What_is_encoded_as_rle_decodes_exactly(string name)
    {
        var native = new DicomTranscoder(DicomTransferSyntax.RLELossless, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(Compressed(name));
        var again = new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.RLELossless).Transcode(native);
        Assert.IsAssignableFrom<DicomFragmentSequence>(again.GetDicomItem<DicomItem>(DicomTag.PixelData));
        var decoded = new DicomTranscoder(DicomTransferSyntax.RLELossless, DicomTransferSyntax.ExplicitVRLittleEndian).DecodeFrame(again, 0);
        Assert.Equal(DicomPixelData.Create(native).GetFrame(0).Data, decoded.Data);
    }

    [Fact]
    public void A_syntax_without_codec_is_named_in_the_error()
    {
        var dataset = Compressed("rle_u12", DicomTransferSyntax.MPEG4AVCH264HighProfileLevel41);
        var error = Assert.Throws<DicomCodecException>(() =>
            new DicomTranscoder(dataset.InternalTransferSyntax, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(dataset));
        Assert.Contains(dataset.InternalTransferSyntax.UID.Name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lossless))]
    public void A_damaged_frame_gives_a_codec_error_or_pixels_but_nothing_else(string name)
    {
        var (syntax, _, bytes) = Frames[name];
        SkipWithoutLibrary(syntax);
        var random = new Random(7);
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var damaged = bytes[..(attempt % 2 == 0 ? bytes.Length : random.Next(bytes.Length))];
            for (var i = 0; i < 3 && damaged.Length > 0; i++)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var dataset = Compressed(name);
            dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData).Fragments[0] = new MemoryByteBuffer(damaged);
            try
            {
                var pixels = new DicomTranscoder(syntax, DicomTransferSyntax.ExplicitVRLittleEndian).DecodeFrame(dataset, 0);
                Assert.Equal(Image(name).Length, pixels.Size);
            }
            catch (DicomCodecException)
            {
            }
        }
    }

    [Fact]
    public void Frames_of_several_fragments_are_found_by_the_offset_table()
    {
        var dataset = Compressed("rle_u12");
        var frame = Frames["rle_u12"].Bytes;
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        for (var i = 0; i < 3; i++)
        {
            fragments.OffsetTable.Add((uint)(i * (frame.Length + 16)));
            fragments.Fragments.Add(new MemoryByteBuffer(frame[..100]));
            fragments.Fragments.Add(new MemoryByteBuffer(frame[100..]));
        }

        dataset.AddOrUpdate(fragments).AddOrUpdate(DicomTag.NumberOfFrames, 3);
        var transcoder = new DicomTranscoder(DicomTransferSyntax.RLELossless, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(Image("rle_u12"), transcoder.DecodeFrame(dataset, 2).Data);
        Assert.Equal(3, DicomPixelData.Create(transcoder.Transcode(dataset)).NumberOfFrames);
    }

    private static void SkipWithoutLibrary(DicomTransferSyntax syntax)
    {
        if (syntax == DicomTransferSyntax.JPEGLSLossless && !JpegLsFrameDecoder.IsPresent)
            Assert.Skip("JPEG-LS needs the system's libcharls.so.2");
        if (syntax == DicomTransferSyntax.JPEG2000Lossless && !Jpeg2000FrameDecoder.IsPresent)
            Assert.Skip("JPEG 2000 needs the system's libopenjp2.so.7");
    }

    private static DicomDataset Compressed(string name, DicomTransferSyntax? syntax = null)
    {
        var (known, interpretation, bytes) = Frames[name];
        var is8 = name.EndsWith("rgb", StringComparison.Ordinal) || name.EndsWith("g8", StringComparison.Ordinal);
        var bits = (ushort)(is8 ? 8 : name.EndsWith("u12", StringComparison.Ordinal) ? 12 : 16);
        var dataset = new DicomDataset(syntax ?? known)
            .Add(DicomTag.SamplesPerPixel, (ushort)(name.EndsWith("rgb", StringComparison.Ordinal) ? 3 : 1))
            .Add(DicomTag.PhotometricInterpretation, interpretation)
            .Add(DicomTag.Rows, (ushort)Height)
            .Add(DicomTag.Columns, (ushort)Width)
            .Add(DicomTag.BitsAllocated, (ushort)(is8 ? 8 : 16))
            .Add(DicomTag.BitsStored, bits)
            .Add(DicomTag.HighBit, (ushort)(bits - 1))
            .Add(DicomTag.PixelRepresentation, (ushort)(bits == 16 ? 1 : 0));
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new MemoryByteBuffer((byte[])bytes.Clone()));
        return dataset.Add(fragments);
    }

    private static byte[] Image(string name)
    {
        var (samples, bits) = name.EndsWith("rgb", StringComparison.Ordinal) ? (3, 8)
            : name.EndsWith("g8", StringComparison.Ordinal) ? (1, 8)
            : (1, name.EndsWith("u12", StringComparison.Ordinal) ? 12 : 16);
        var values = new List<byte>();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                for (var sample = 0; sample < samples; sample++)
                {
                    var shifted = x + (3 * sample);
                    var value = (((shifted * shifted * 7) + (y * shifted * 13) + (y * 5)) * (bits == 16 ? 977 : 1)) & ((1 << bits) - 1);
                    values.Add((byte)value);
                    if (bits > 8)
                        values.Add((byte)(value >> 8));
                }
            }
        }

        return [.. values];
    }

    private static int[] Samples(byte[] pixels, string name) => name.EndsWith("u12", StringComparison.Ordinal)
        ? [.. MemoryMarshal.Cast<byte, ushort>(pixels).ToArray().Select(v => (int)v)]
        : [.. pixels.Take(Image(name).Length).Select(v => (int)v)];

    private static byte[] Interleaved(DicomDataset source, byte[] pixels)
    {
        var transcoded = new DicomTranscoder(source.InternalTransferSyntax, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(source);
        if (source.GetSingleValue<int>(DicomTag.SamplesPerPixel) == 1 || DicomPixelData.Create(transcoded).PlanarConfiguration == PlanarConfiguration.Interleaved)
            return pixels;
        var count = Width * Height;
        return [.. Enumerable.Range(0, count * 3).Select(i => pixels[(i % 3 * count) + (i / 3)])];
    }

    private static Dictionary<string, (DicomTransferSyntax, string, byte[])> ReadFrames()
    {
        using var reader = new StreamReader(typeof(CodecTests).Assembly.GetManifestResourceStream("Frames.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(c => c[0], c => (DicomTransferSyntax.Parse(c[1]), c[2], Convert.FromBase64String(c[3])));
    }
}
