using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Malformed;

/// <summary>Whatever the frames of a compressed study hold, its pixels are read or refused; a decoder in native code must not take the process with it.</summary>
public sealed class FrameDamageTests
{
    private const int DamagedSlice = 2;

    /// <summary>Frames, and lossless ones under the name of their lossy kin, whose decoders are the same.</summary>
    public static TheoryData<string, string> Frames
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var frame in CompressedFrame.All.Values)
            {
                data.Add(frame.Name, frame.Syntax.UID.UID);
            }

            data.Add("jls_u12", DicomTransferSyntax.JPEGLSNearLossless.UID.UID);
            data.Add("j2k_u12", DicomTransferSyntax.JPEG2000Lossy.UID.UID);
            return data;
        }
    }

    public static TheoryData<string, string> ExactFrames => [.. Frames.Where(row => CompressedFrame.All[row.Data.Item1].IsExact)];

    [Theory]
    [MemberData(nameof(ExactFrames))]
    public void Frames_compressed_without_loss_are_the_same_voxels(string name, string syntax)
    {
        var frame = Frame(name, syntax);
        var plain = TestStudy.Dixon with { Series = [frame.Series], Segmentations = [new SegObject { Grid = CompressedFrame.Grid }] };
        Assert.Equal(Ingest.ReadOne(plain).Volume.Voxels, Ingest.ReadOne(frame.Study(DamagedSlice, frame.Bytes)).Volume.Voxels);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task A_damaged_frame_gives_voxels_or_a_refusal(string name, string syntax)
    {
        var frame = Frame(name, syntax);
        var whole = Ingest.ReadOne(frame.Study(DamagedSlice, frame.Bytes)).Volume.Voxels;
        var area = CompressedFrame.Grid.SizeX * CompressedFrame.Grid.SizeY;
        var refusals = 0;
        for (var seed = 0; seed < 5 * MutationTests.Count; seed++)
        {
            var study = frame.Study(DamagedSlice, frame.Damaged(seed));
            var failure = await Task.Run(() => Record.Exception(() =>
            {
                var voxels = Ingest.ReadOne(study).Volume.Voxels;
                Assert.Equal(whole[..(DamagedSlice * area)], voxels[..(DamagedSlice * area)]);
                Assert.Equal(whole[((DamagedSlice + 1) * area)..], voxels[((DamagedSlice + 1) * area)..]);
            })).WaitAsync(MutationTests.LongEnough);
            Assert.True(MutationTests.IsRefusal(failure) || failure is null, $"Seed {seed}: {failure}");
            refusals += failure is null ? 0 : 1;
        }

        Assert.True(refusals > 0, "All were read, those that are cut off too.");
    }

    private static CompressedFrame Frame(string name, string syntax)
    {
        var frame = CompressedFrame.All[name] with { Syntax = DicomTransferSyntax.Parse(syntax) };
        frame.RequireDecoder();
        return frame;
    }
}
