using System.Runtime.InteropServices;
using FellowOakDicom.Imaging.Codec;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Malformed;

/// <summary>fo-dicom.Codecs' copies of CharLS and OpenJPEG, which decode where the system has none.</summary>
public sealed class PackagedDecoderTests
{
    public static TheoryData<string> Frames => [.. CompressedFrame.All.Keys.Where(name => name[..3] is "jls" or "j2k")];

    [Theory]
    [MemberData(nameof(Frames))]
    public void They_give_the_samples_that_the_systems_libraries_give(string name)
    {
        var frame = CompressedFrame.All[name];
        Assert.Equal(Samples(frame), MemoryMarshal.Cast<byte, ushort>(Decoder(name).Decode(frame.Bytes, Format(frame)).Pixels).ToArray());
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task Over_a_damaged_frame_they_give_an_error_or_samples_and_nothing_else(string name)
    {
        var frame = CompressedFrame.All[name];
        for (var seed = 0; seed < 40 * MutationTests.Count; seed++)
        {
            var damaged = frame.Damaged(seed);
            var failure = await Task.Run(() => Record.Exception(() => Assert.Equal(Format(frame).Size, Decoder(name).Decode(damaged, Format(frame)).Pixels.Length)))
                .WaitAsync(MutationTests.LongEnough);
            Assert.True(failure is null or DicomCodecException, $"Seed {seed}: {failure}");
        }
    }

    private static IFrameDecoder Decoder(string name)
    {
        IFrameDecoder decoder = name.StartsWith("jls", StringComparison.Ordinal) ? new PackagedJpegLsFrameDecoder() : new PackagedJpeg2000FrameDecoder();
        Assert.SkipUnless(decoder.IsPresent, "fo-dicom.Codecs has no native library for this platform.");
        return decoder;
    }

    private static ushort[] Samples(CompressedFrame frame)
    {
        var (grid, series) = (CompressedFrame.Grid, frame.Series);
        return [.. Enumerable.Range(0, grid.SizeX * grid.SizeY).Select(n => (ushort)(series.Stored(n % grid.SizeX, n / grid.SizeX, 0) & ((1 << series.BitsStored) - 1)))];
    }

    private static FrameFormat Format(CompressedFrame frame)
    {
        var (grid, series) = (CompressedFrame.Grid, frame.Series);
        return new FrameFormat(grid.SizeX, grid.SizeY, 1, series.BitsAllocated, series.BitsStored, series.Signed, IsPlanar: false, Interpretation: null);
    }
}
