using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Images without a place are missing images of their own kind, and of no other.</summary>
public sealed class PlacelessImageTests
{
    [Theory]
    [InlineData("position", 5)]
    [InlineData("position", 2)]
    [InlineData("rows", 5)]
    [InlineData("rows", 2)]
    public void Images_that_cannot_be_placed_are_missing_images(string lost, int faulty)
    {
        var study = TestStudy.DixonWith(fat => fat with
        {
            Edit = (slice, k) =>
            {
                if (k == faulty)
                {
                    slice.Remove(lost == "rows" ? DicomTag.Rows : DicomTag.ImagePositionPatient);
                }
            },
        });
        var refusal = Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel);
        Assert.Contains("1 of the 6 images of T1_F (series 4) can't be used", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "2 of the 6 images of T1_W (series 1) can't be used")]
    [InlineData(true, "1 of the 6 images of T1_W (series 1) can't be used")]
    public void Images_of_another_kind_in_the_same_series_may_lack_their_place(bool enhanced, string expected)
    {
        var (study, sequences) = Ingest.Read(InOneSeries("WATER", enhanced), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(6, sequences[0].Volume.Geometry.SizeZ);
        Assert.Contains(study.Warnings, warning => warning.StartsWith($"T1_W was left out (SequenceIncomplete). {expected}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "2 of the 6 images of T1_F (series 1) can't be used")]
    [InlineData(true, "1 of the 6 images of T1_F (series 1) can't be used")]
    public void Images_of_the_same_kind_in_the_same_series_may_not(bool enhanced, string expected) =>
        Assert.Contains(expected, Ingest.Refused("SequenceIncomplete", InOneSeries("FAT", enhanced), request: Ingest.FatModel).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("none")]
    [InlineData("text")]
    public void A_frame_of_another_kind_without_a_place_leaves_the_frames_of_the_models_kind(string position)
    {
        var (study, sequences) = Ingest.Read(InOneObject(("WATER", 1.23), position), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(6, sequences[0].Volume.Geometry.SizeZ);
        Assert.Equal(Ingest.Read(TestStudy.Dixon).Sequences.Single(sequence => sequence.Name == "T1_F").Volume.Voxels, sequences[0].Volume.Voxels);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("Left out: 1 images whose headers give no position", StringComparison.Ordinal));
        Assert.Contains(
            study.Warnings,
            warning => warning.StartsWith(position == "text" ? "T1_W was left out (AttributeUnreadable)" : "T1_W was left out (SequenceIncomplete)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", "SequenceIncomplete", "1 of the 6 images of T1_F")]
    [InlineData("text", "AttributeUnreadable", "ImagePositionPatient can't be read as a number (PS3.5 6.2): in 1 of the 6 images of T1_F")]
    public void A_frame_of_the_models_kind_without_a_place_is_a_missing_image(string position, string code, string expected) =>
        Assert.Contains(expected, Ingest.Refused(code, InOneObject(("FAT", 1.23), position), request: Ingest.FatModel).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_frame_of_another_echo_without_a_place_leaves_the_models_echo() =>
        Assert.Equal(6, Ingest.Read(InOneObject(("FAT", 4.9), "none"), request: Ingest.FatModel).Sequences.Single(sequence => sequence.Name == "T1_F").Volume.Geometry.SizeZ);

    /// <summary>
    /// The Dixon images of all kinds as one series, as Philips has them: single slices, or two multi-frame objects of each kind. Of one kind the images of the
    /// middle, or one frame of the first object, have no place.
    /// </summary>
    private static TestStudy InOneSeries(string placeless, bool enhanced)
    {
        var objects = TestStudy.Dixon.Series.SelectMany(kind =>
        {
            var slices = (kind with { Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.1")).AddOrUpdate(DicomTag.SeriesNumber, "1") })
                .Build(TestStudy.Dixon)
                .ToArray();
            DicomDataset[] built = enhanced ? [EnhancedObject.Of(slices[..3]), EnhancedObject.Of(slices[3..])] : slices;
            if (kind.ImageType.Contains(placeless) && enhanced)
            {
                built[0].GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items[1].Remove(DicomTag.PlanePositionSequence);
            }
            else if (kind.ImageType.Contains(placeless))
            {
                Array.ForEach(built[2..4], slice => slice.Remove(DicomTag.ImagePositionPatient));
            }

            return built;
        });
        return TestStudy.Dixon with { Series = [], Extra = [.. objects.Select((one, n) => ($"{n}.dcm", TestStudy.Bytes(one)))] };
    }

    /// <summary>
    /// The Dixon images of all kinds as frames of one object, told by their FrameType. One frame of a kind and echo time has no position, or one that is no
    /// number: the third of six where the study has that kind at that echo time, one more where it has not.
    /// </summary>
    private static TestStudy InOneObject((string Kind, double EchoTime) placeless, string position)
    {
        var slices = TestStudy.Dixon.Series.SelectMany(kind => kind.Build(TestStudy.Dixon).Select(slice => (Slice: slice, Kind: kind.ImageType, EchoTime: kind.EchoTime!.Value))).ToList();
        var index = slices.FindIndex(one => one.Kind.Contains(placeless.Kind) && one.EchoTime == placeless.EchoTime) + 2;
        if (index < 2)
        {
            index = slices.Count;
            slices.Add((slices[^1].Slice, slices.First(one => one.Kind.Contains(placeless.Kind)).Kind, placeless.EchoTime));
        }

        slices.Reverse(); // as the object does
        index = slices.Count - 1 - index;
        var whole = EnhancedObject.Of([.. slices.Select(one => one.Slice).Reverse()]);
        whole.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].Remove(DicomTag.MREchoSequence);
        var frames = whole.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items;
        for (var n = 0; n < frames.Count; n++)
        {
            frames[n].Add(new DicomSequence(DicomTag.MRImageFrameTypeSequence, new DicomDataset { { DicomTag.FrameType, slices[n].Kind } }));
            frames[n].Add(new DicomSequence(DicomTag.MREchoSequence, new DicomDataset { { DicomTag.EffectiveEchoTime, slices[n].EchoTime } }));
        }

        frames[index].Remove(DicomTag.PlanePositionSequence);
        if (position == "text")
        {
            var place = new DicomDataset().NotValidated();
            place.Add(RawText.Decimal(DicomTag.ImagePositionPatient, "-10\\-20\\36,0"));
            frames[index].Add(new DicomSequence(DicomTag.PlanePositionSequence, place));
        }

        return TestStudy.Dixon with { Series = [], Extra = [("all.dcm", TestStudy.Bytes(whole))] };
    }
}
