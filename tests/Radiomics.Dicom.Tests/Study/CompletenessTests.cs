using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>The sequence that a model reads is complete, or the study is refused with what is missing; another one is left out.</summary>
public sealed class CompletenessTests
{
    [Fact]
    public void A_transfer_that_broke_off_inside_the_region_is_refused()
    {
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.DixonWith(fat => fat with { Without = [4, 5] }), request: Ingest.FatModel);
        Assert.Contains("25 % of the region of interest lies outside T1_F (series 4): its 4 images leave 90 of about 120 voxels", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequence_that_broke_off_is_left_out_with_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { Without = [0, 1] };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_in was left out (SequenceIncomplete)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_region_drawn_on_the_torso_of_an_incomplete_sequence_is_refused_for_its_siblings()
    {
        var study = TestStudy.DixonWith(fat => fat with { Without = [4, 5] }) with { Segmentations = [new SegObject { Without = [4, 5] }] };
        var refusal = Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel);
        Assert.Contains("has 4 images, another series of the same acquisition 6", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_ends_beyond_the_region_is_whole()
    {
        var study = TestStudy.DixonWith(fat => fat with { Without = [5] }) with { Segmentations = [new SegObject { Without = [4, 5] }] };
        var (_, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(90, sequences.Single(sequence => sequence.Name == "T1_F").Roi.CountInside());
    }

    [Fact]
    public void A_region_drawn_on_another_grid_may_round_beyond_the_outer_slices()
    {
        var coarse = Grids.Axial with { SpacingZ = 6, SizeZ = 4, Origin = Grids.Axial.Origin + new Point3(0, 0, -2.5) };
        var study = TestStudy.Dixon with { Segmentations = [new SegObject { Grid = coarse, Inside = (i, j, k) => i is >= 3 and < 9 && j is >= 2 and < 7 && k < 3 }] };
        Assert.Contains(Ingest.Read(study, request: Ingest.FatModel).Sequences, sequence => sequence.Name == "T1_F");
    }

    [Fact]
    public void Slice_thickness_and_gap_are_facts_of_the_manifest()
    {
        var thin = new MrSeries { ImageType = ["DERIVED", "PRIMARY", "FAT"], Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SliceThickness, "2.5") };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [thin] });
        var stored = ManifestSequence.Create(Assert.Single(sequences), new StoredFile("a", "b"), new StoredFile("c", "d"));
        Assert.Equal((2.5, 0.5), (stored.SliceThickness, stored.SliceGap));
    }

    [Fact]
    public void A_gap_that_rounds_to_nothing_is_0_and_not_minus_0() =>
        Assert.Equal("0", $"{ManifestGeometry.SliceGapOf(Grids.Axial with { SpacingZ = 2.99999 }, 3)}");
}
