using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Classification;

/// <summary>Each condition that a rule can state, by itself: it lets one series pass and keeps another out.</summary>
public sealed class SequenceRuleTests
{
    private static readonly SequenceRule _any = new() { Name = "T2" };

    /// <summary>By option: a rule with nothing else, a header that fits it, and one that doesn't.</summary>
    private static readonly Dictionary<string, (SequenceRule Rule, Action<DicomDataset, int> Fitting, Action<DicomDataset, int> Other)> _options = new()
    {
        [nameof(SequenceRule.ImageType)] = (_any with { ImageType = ["WATER", "fat"] }, ImageType("M", "FAT"), ImageType("M", "IN_PHASE")),
        [nameof(SequenceRule.ImageTypeWithout)] = (_any with { ImageTypeWithout = ["WATER", "fat"] }, ImageType("M", "IN_PHASE"), ImageType("M", "FAT")),
        [nameof(SequenceRule.ScanOptions)] = (_any with { ScanOptions = ["fs", "PFP"] }, Text(DicomTag.ScanOptions, "SAT_GEMS", "FS"), Text(DicomTag.ScanOptions, "SAT_GEMS")),
        [nameof(SequenceRule.ScanOptionsWithout)] = (_any with { ScanOptionsWithout = ["fs", "PFP"] }, Text(DicomTag.ScanOptions, "SAT_GEMS"), Text(DicomTag.ScanOptions, "SAT_GEMS", "FS")),
        [nameof(SequenceRule.ScanningSequence)] = (_any with { ScanningSequence = ["gr", "RM"] }, Text(DicomTag.ScanningSequence, "SE", "GR"), Text(DicomTag.ScanningSequence, "SE")),
        [nameof(SequenceRule.ScanningSequenceWithout)] = (_any with { ScanningSequenceWithout = ["gr", "RM"] }, Text(DicomTag.ScanningSequence, "SE"), Text(DicomTag.ScanningSequence, "SE", "GR")),
        [nameof(SequenceRule.SequenceVariant)] = (_any with { SequenceVariant = ["sp", "MP"] }, Text(DicomTag.SequenceVariant, "SK", "SP"), Text(DicomTag.SequenceVariant, "SK")),
        [nameof(SequenceRule.SequenceVariantWithout)] = (_any with { SequenceVariantWithout = ["sp", "MP"] }, Text(DicomTag.SequenceVariant, "SK"), Text(DicomTag.SequenceVariant, "SK", "SP")),
        [nameof(SequenceRule.MRAcquisitionType)] = (_any with { MRAcquisitionType = ["3d"] }, Text(DicomTag.MRAcquisitionType, "3D"), Text(DicomTag.MRAcquisitionType, "2D")),
        [nameof(SequenceRule.AcquisitionContrast)] = (_any with { AcquisitionContrast = ["t1"] }, Text(DicomTag.AcquisitionContrast, "T1"), Text(DicomTag.AcquisitionContrast, "T2")),
        [nameof(SequenceRule.ContrastAgent)] = (_any with { ContrastAgent = true }, Text(DicomTag.ContrastBolusAgent, "Gd"), Text(DicomTag.ContrastBolusAgent, "NONE")),
        [nameof(SequenceRule.FatSaturated)] = (_any with { FatSaturated = false }, Text(DicomTag.ScanOptions, "PFP"), Text(DicomTag.ScanOptions, "FS")),
        [nameof(SequenceRule.Diffusion)] = (_any with { Diffusion = true }, BValues(0, 600), BValues(0, 0)),
        [nameof(SequenceRule.BValue)] = (_any with { BValue = new NumberRange { Min = 0, Max = 100 } }, BValues(50, 600), BValues(600, 50)),
        [nameof(SequenceRule.Echoes)] = (_any with { Echoes = new NumberRange { Max = 2 } }, EchoTimes(1.2, 2.4, 1.2), EchoTimes(1.2, 2.4, 3.6)),
        [nameof(SequenceRule.RepetitionTime)] = (_any with { RepetitionTime = new NumberRange { Min = 800 } }, Text(DicomTag.RepetitionTime, "800"), Text(DicomTag.RepetitionTime, "799")),
        [nameof(SequenceRule.EchoTime)] = (_any with { EchoTime = new NumberRange { Max = 6 } }, EchoTimes(6, 6, 6), EchoTimes(6.1, 6.1, 6.1)),
        [nameof(SequenceRule.EchoPhase)] = (_any with { EchoPhase = EchoPhase.OpposedPhase }, EchoTimes(1.15, 1.15, 1.15), EchoTimes(2.3, 2.3, 2.3)),
        [nameof(SequenceRule.SeriesDescription)] = (_any with { SeriesDescription = "^dixon" }, Text(DicomTag.ProtocolName, "DIXON tra"), Text(DicomTag.ProtocolName, "no dixon")),
        [nameof(SequenceRule.SeriesDescriptionWithout)] = (_any with { SeriesDescriptionWithout = "^dixon" }, Text(DicomTag.SeriesDescription, "no dixon"), Text(DicomTag.SeriesDescription, "DIXON tra")),
    };

    public static TheoryData<string> Options => [.. typeof(SequenceRule).GetProperties().Select(property => property.Name).Where(name => name != nameof(SequenceRule.Name))];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_lets_one_series_pass_and_keeps_another_out(string option)
    {
        var (rule, fitting, other) = _options[option];
        Assert.Equal("T2", NameOf(rule, fitting));
        Assert.Null(NameOf(rule, other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_b_value_above_0_in_any_image_makes_the_whole_series_diffusion(bool diffusion) =>
        Assert.Equal(diffusion ? "T2" : null, NameOf(_any with { Diffusion = diffusion }, BValues(0, 600)));

    [Fact]
    public void An_unknown_number_fits_a_range_that_says_so()
    {
        Action<DicomDataset, int> unknown = (slice, _) => slice.Remove(DicomTag.RepetitionTime);
        Assert.Equal("T2", NameOf(_any with { RepetitionTime = new NumberRange { Max = 6, OrUnknown = true } }, unknown));
        Assert.Null(NameOf(_any with { RepetitionTime = new NumberRange { Max = 6 } }, unknown));
    }

    /// <summary>What a series of three slices, of which the first speaks for it, is called under one rule.</summary>
    private static string? NameOf(SequenceRule rule, Action<DicomDataset, int> edit)
    {
        var series = new MrSeries { Grid = Grids.Axial with { SizeZ = 3 }, Edit = edit }.Build(TestStudy.Dixon).Select(Ingest.Header).ToArray();
        return SequenceClassifier.NameOf(StackSplitter.Split(series)[0], 3, Ingest.Rules with { Sequences = [rule], Excluded = [] });
    }

    private static Action<DicomDataset, int> ImageType(params string[] kinds) => Text(DicomTag.ImageType, ["ORIGINAL", "PRIMARY", .. kinds]);

    private static Action<DicomDataset, int> Text(DicomTag tag, params string[] values) => (slice, _) => slice.AddOrUpdate(tag, values);

    private static Action<DicomDataset, int> BValues(double first, double others) => (slice, k) => slice.AddOrUpdate(DicomTag.DiffusionBValue, k == 0 ? first : others);

    private static Action<DicomDataset, int> EchoTimes(params double[] times) => (slice, k) => slice.AddOrUpdate(DicomTag.EchoTime, (decimal)times[k]);
}
