using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>What is said of a region, and the limits that a profile may set.</summary>
public sealed class RoiQualityTests
{
    [Fact]
    public void Volume_slices_parts_and_holes_are_told()
    {
        // Two parts: a frame with a hole in each of two slices, and a column that touches nothing.
        var quality = Quality((i, j, k) =>
            (k is 1 or 2 && i is >= 1 and < 5 && j is >= 1 and < 5 && !(i is 2 or 3 && j is 2 or 3)) || (i == 9 && j == 8 && k >= 1));
        Assert.Equal((24 + 5) * 9 / 1000.0, quality.VolumeMl);
        Assert.Equal(5, quality.Slices);
        Assert.Equal(2, quality.Components);
        Assert.Equal(24.0 / 29, quality.LargestComponentShare, 3);
        Assert.Equal(2, quality.Holes);
        Assert.Equal(0, quality.ShareOutside);
        Assert.Empty(quality.BeyondLimits);
    }

    [Fact]
    public void Voxels_that_touch_by_a_corner_are_one_part() =>
        Assert.Equal(1, Quality((i, j, k) => (i, j, k) is (3, 3, 3) or (4, 4, 4) or (3, 5, 5)).Components);

    [Fact]
    public void A_bay_at_the_border_of_the_image_is_no_hole() => Assert.Equal(0, Quality((i, j, k) => k == 2 && !(i == 0 && j == 4)).Holes);

    [Fact]
    public void Shares_outside_are_counted_on_the_regions_own_grid()
    {
        var beyond = Grids.Axial with { Origin = Grids.Axial.ToPatient(0, 0, 2) };
        var region = new MaskRegion(new Mask(beyond, [.. Enumerable.Range(0, beyond.Count).Select(n => (byte)(n % 120 == 43 && n >= 120 ? 1 : 0))]));
        Assert.Equal(0.4, region.ShareOutside(Grids.Axial), 4);
    }

    [Fact]
    public void A_region_beyond_the_limits_is_refused()
    {
        var refusal = Ingest.Refused("RoiImplausible", TestStudy.Dixon, Ingest.Rules with { RoiLimits = new RoiLimits { MinMl = 300, MaxMl = 6000 } }, Ingest.FatModel);
        Assert.Contains("1.1 ml is less than 300 ml", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.005, false)]
    [InlineData(0.005, true)]
    [InlineData(0.01, false)]
    public void A_region_may_leave_the_image_by_no_more_than_the_limit(double most, bool warnOnly)
    {
        // One of 121 voxels lies beside the image: less than what makes a sequence incomplete.
        var wider = Grids.Axial with { SizeX = 13 };
        var study = TestStudy.Dixon with { Segmentations = [new SegObject { Grid = wider, Inside = (i, j, k) => new SegObject().Inside(i, j, k) || (i, j, k) == (12, 4, 2) }] };
        var rules = Ingest.Rules with { RoiLimits = new RoiLimits { MaxShareOutside = most, WarnOnly = warnOnly } };
        const string words = "0.8 % outside the image is more than 0.5 %";
        if (most < 1 / 121.0 && !warnOnly)
        {
            Assert.Contains(words, Ingest.Refused("RoiImplausible", study, rules, Ingest.FatModel).Detail, StringComparison.Ordinal);
            return;
        }

        var (read, sequences) = Ingest.Read(study, rules, Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Equal(warnOnly ? [words] : [], sequences[0].RoiQuality.BeyondLimits);
        Assert.Equal(warnOnly ? 4 : 0, read.Warnings.Count(warning => warning.Contains(words, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_profile_may_ask_for_a_warning_instead()
    {
        var limits = new RoiLimits { MinMl = 300, MaxComponents = 1, WarnOnly = true };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon, Ingest.Rules with { RoiLimits = limits });
        Assert.Equal("1.1 ml is less than 300 ml", Assert.Single(sequences[0].RoiQuality.BeyondLimits));
        Assert.Contains(study.Warnings, warning => warning.Contains("T1_F", StringComparison.Ordinal) && warning.Contains("300 ml", StringComparison.Ordinal));
    }

    private static RoiQuality Quality(Func<int, int, int, bool> inside) =>
        Ingest.ReadOne(TestStudy.Dixon with { Series = [new MrSeries()], Segmentations = [new SegObject { Inside = inside }] }).RoiQuality;
}
