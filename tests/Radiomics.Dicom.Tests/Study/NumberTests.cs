using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Dicom.Tests.Series;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Numbers that can't be read, where they matter and where they don't.</summary>
public sealed class NumberTests
{
    [Theory]
    [MemberData(nameof(NumberTextTests.NoDecimalStrings), MemberType = typeof(NumberTextTests))]
    [InlineData("2\\5")]
    public void A_slope_that_is_no_number_is_refused_and_never_1(string slope)
    {
        var refusal = Ingest.Refused("AttributeUnreadable", WithFat((slice, k) => Set(slice, DicomTag.RescaleSlope, k < 2 ? slope : "2.5")), request: Ingest.FatModel);
        Assert.Contains("RescaleSlope", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("2 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ImageOrientationPatient", "1e200\\0\\0\\0\\1e200\\0")]
    [InlineData("ImageOrientationPatient", "1e308\\1e308\\1e308\\-1e308\\1e308\\1e308")]
    [InlineData("ImagePositionPatient", "0\\0\\1e200")]
    [InlineData("ImagePositionPatient", "1e308\\-1e308\\1e308")]
    [InlineData("PixelSpacing", "1e300\\1e300")]
    public void Numbers_beyond_any_scanner_make_no_volume(string keyword, string value)
    {
        var tag = keyword switch
        {
            "ImageOrientationPatient" => DicomTag.ImageOrientationPatient,
            "ImagePositionPatient" => DicomTag.ImagePositionPatient,
            _ => DicomTag.PixelSpacing,
        };
        Ingest.Refused(
            "GeometryUnusable",
            WithFat((slice, k) =>
            {
                slice.AddOrUpdate(DicomTag.ImagePositionPatient, "0", "0", k.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Set(slice, tag, value);
            }),
            request: Ingest.FatModel);
    }

    [Fact]
    public void An_intercept_that_is_no_number_is_refused()
    {
        var refusal = Ingest.Refused("AttributeUnreadable", WithFat((slice, _) => Set(slice, DicomTag.RescaleIntercept, "1,5")), request: Ingest.FatModel);
        Assert.Contains("RescaleIntercept", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_slope_is_1()
    {
        var (_, sequences) = Ingest.Read(WithFat((slice, _) => slice.Remove(DicomTag.RescaleSlope, DicomTag.RescaleIntercept)), request: Ingest.FatModel);
        Assert.Equal(1, sequences[0].Acquisition.RescaleSlope);
        Assert.Equal(11, sequences[0].Volume.Voxels[13]);
    }

    [Theory]
    [InlineData("2.5", "0", false, "RescaleSlope is missing, which would stand for 1")]
    [InlineData("1", "7", true, "RescaleIntercept is missing, which would stand for 0")]
    public void A_scale_that_some_images_lack_is_refused_with_their_number(string slope, string intercept, bool isIntercept, string what)
    {
        var study = WithFat((slice, k) =>
        {
            Set(slice, DicomTag.RescaleSlope, slope);
            Set(slice, DicomTag.RescaleIntercept, intercept);
            slice.Remove(k is 2 or 3 ? [isIntercept ? DicomTag.RescaleIntercept : DicomTag.RescaleSlope] : []);
        });
        var refusal = Ingest.Refused("AttributeUnreadable", study, request: Ingest.FatModel);
        Assert.StartsWith($"{what}, while other images have another: in 2 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_lacks_the_scale_of_the_others_is_refused()
    {
        var study = TestStudy.Dixon with { Series = [] };
        var enhanced = EnhancedObject.Of([.. TestStudy.Dixon.Series[3].Build(study)]);
        enhanced.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].Remove(DicomTag.PixelValueTransformationSequence);
        var frames = enhanced.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items;
        for (var frame = 1; frame < frames.Count; frame++)
        {
            frames[frame].Add(new DicomSequence(DicomTag.PixelValueTransformationSequence, new DicomDataset { { DicomTag.RescaleSlope, "2.5" }, { DicomTag.RescaleIntercept, "0" } }));
        }

        var refusal = Ingest.Refused("AttributeUnreadable", study with { Extra = [("enhanced.dcm", TestStudy.Bytes(enhanced))] }, request: Ingest.FatModel);
        Assert.Contains("in 1 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_of_1_and_0_that_some_images_lack_is_what_its_absence_stands_for()
    {
        var (_, sequences) = Ingest.Read(WithFat((slice, k) => slice.Remove(k < 3 ? [DicomTag.RescaleSlope, DicomTag.RescaleIntercept] : [])), request: Ingest.FatModel);
        Assert.Equal([11f, 511f], new[] { 13, 13 + (5 * 120) }.Select(n => sequences[0].Volume.Voxels[n]));
    }

    [Fact]
    public void A_scale_that_some_images_of_another_sequence_lack_leaves_it_out_with_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { Slope = 2.5, Edit = (slice, k) => slice.Remove(k == 4 ? [DicomTag.RescaleSlope] : []) };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_in was left out (AttributeUnreadable)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.000")]
    [InlineData("-0")]
    public void A_slope_of_0_is_refused_and_never_1(string slope)
    {
        var refusal = Ingest.Refused("AttributeUnreadable", WithFat((slice, k) => Set(slice, DicomTag.RescaleSlope, k == 5 ? slope : "1")), request: Ingest.FatModel);
        Assert.StartsWith("RescaleSlope is 0, which makes all intensities equal: in 1 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_slope_of_a_sequence_that_no_model_reads_is_but_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { Edit = (slice, _) => Set(slice, DicomTag.RescaleSlope, "2,5") };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.Contains("RescaleSlope", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_that_nothing_hangs_on_stops_no_study()
    {
        var study = WithFat((slice, _) =>
        {
            Set(slice, DicomTag.FlipAngle, "9,0");
            Set(slice, DicomTag.SliceThickness, "3mm");
            Set(slice, DicomTag.SeriesNumber, "four");
            Set(slice, DicomTag.PixelBandwidth, "NaN");
        });
        var fat = Ingest.Read(study, request: Ingest.FatModel).Sequences[0];
        Assert.Equal("T1_F", fat.Name);
        Assert.Null(fat.Acquisition.FlipAngle);
        Assert.Null(fat.Acquisition.SliceThickness);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_position_that_is_no_number_is_named(int faulty)
    {
        var refusal = Ingest.Refused(
            "AttributeUnreadable",
            WithFat((slice, k) => Set(slice, DicomTag.ImagePositionPatient, k == faulty ? "-10\\-20\\45,0" : string.Join('\\', slice.GetValues<string>(DicomTag.ImagePositionPatient)))),
            request: Ingest.FatModel);
        Assert.Contains("ImagePositionPatient", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void An_echo_time_that_is_no_number_in_one_slice_is_named(int faulty)
    {
        var refusal = Ingest.Refused("AttributeUnreadable", WithFat((slice, k) => Set(slice, DicomTag.EchoTime, k == faulty ? "2,3" : "1.23")), request: Ingest.FatModel);
        Assert.Contains("EchoTime can't be read as a number (PS3.5 6.2): in 1 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_echo_time_that_is_no_number_in_all_slices_stops_no_study()
    {
        var fat = Ingest.Read(WithFat((slice, _) => Set(slice, DicomTag.EchoTime, "2,3")), request: Ingest.FatModel).Sequences[0];
        Assert.Equal("T1_F", fat.Name);
        Assert.Equal(6, fat.Volume.Geometry.SizeZ);
        Assert.Null(fat.Acquisition.EchoTime);
    }

    [Theory]
    [InlineData("1030501")]
    [InlineData("1234567.5")]
    public void A_time_that_is_too_long_stops_no_study(string time)
    {
        var study = WithFat((slice, _) => slice.Add(RawText.Time(DicomTag.AcquisitionTime, time), RawText.Time(DicomTag.ContrastBolusStartTime, time)));
        Assert.Equal("T1_F", Ingest.Read(study, request: Ingest.FatModel).Sequences[0].Name);
    }

    [Fact]
    public void A_field_strength_that_is_no_number_is_named_rather_than_unknown()
    {
        var series = TestStudy.Dixon.Series.Select(one => one with { Edit = (slice, _) => Set(slice, DicomTag.MagneticFieldStrength, "3,0") });
        var refusal = Ingest.Refused("AttributeUnreadable", TestStudy.Dixon with { Series = [.. series] }, request: Ingest.FatModel);
        Assert.Contains("MagneticFieldStrength", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SamplesPerPixel", 0)]
    [InlineData("BitsAllocated", 0)]
    [InlineData("BitsStored", 0)]
    [InlineData("HighBit", 0)]
    [InlineData("PixelRepresentation", 0)]
    [InlineData("BitsAllocated", 1)]
    [InlineData("PixelRepresentation", 1)]
    [InlineData("SamplesPerPixel", 2)]
    [InlineData("BitsAllocated", 2)]
    [InlineData("HighBit", 2)]
    public void A_pixel_format_that_is_missing_empty_or_of_several_values_is_refused(string keyword, int how)
    {
        var tag = keyword switch
        {
            "SamplesPerPixel" => DicomTag.SamplesPerPixel,
            "BitsAllocated" => DicomTag.BitsAllocated,
            "BitsStored" => DicomTag.BitsStored,
            "HighBit" => DicomTag.HighBit,
            _ => DicomTag.PixelRepresentation,
        };
        var refusal = Ingest.Refused("UnsupportedPixelFormat", WithFat((slice, k) =>
        {
            var value = slice.GetValue<ushort>(tag, 0);
            if (k == 3)
            {
                slice.Remove(tag);
                if (how > 0)
                {
                    slice.Add(RawText.Shorts(tag, how == 1 ? [] : [value, value]));
                }
            }
        }), request: Ingest.FatModel);
        Assert.Contains(keyword, refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("1 of the 6 images", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_a_scanner_says_of_its_scale_is_told_and_not_applied()
    {
        var creator = new DicomPrivateCreator("Philips MR Imaging DD 001");
        var fat = Ingest.Read(
            WithFat((slice, _) =>
            {
                Set(slice, DicomTag.RescaleSlope, "2");
                slice.Add(new DicomFloatingPointSingle(new DicomTag(0x2005, 0x000E, creator), 0.125f));
                slice.Add(new DicomFloatingPointSingle(new DicomTag(0x2005, 0x000D, creator), 0f));
                slice.Add(new DicomSequence(DicomTag.RealWorldValueMappingSequence, new DicomDataset
                {
                    { DicomTag.RealWorldValueSlope, 4.0 },
                    { DicomTag.RealWorldValueIntercept, -1.0 },
                }));
            }),
            request: Ingest.FatModel).Sequences[0];
        Assert.Equal(22, fat.Volume.Voxels[13]);
        Assert.Equal((0.125, 0.0), (fat.Acquisition.PhilipsScaleSlope, fat.Acquisition.PhilipsScaleIntercept));
        Assert.Equal((4.0, -1.0), (fat.Acquisition.RealWorldValueSlope, fat.Acquisition.RealWorldValueIntercept));
    }

    [Fact]
    public void A_pattern_that_runs_out_of_time_is_no_match()
    {
        var rules = Ingest.Rules with { Sequences = [], AdmitUnclassified = true, RoiNames = ["^(([a-z])+.)+[A-Z]([a-z])+$x", "liver"] };
        var study = TestStudy.Dixon with { Series = [new MrSeries()], Segmentations = [new SegObject { Label = "liveraaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }] };
        Assert.Single(Ingest.Read(study, rules).Sequences);
    }

    [Fact]
    public void A_pattern_of_a_sequence_rule_that_runs_out_of_time_is_no_match()
    {
        var rules = Ingest.Research with { Sequences = [new SequenceRule { Name = "T2", SeriesDescription = "^(([a-z])+.)+[A-Z]([a-z])+$x" }] };
        var study = TestStudy.Dixon with { Series = [new MrSeries { Description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }] };
        Assert.Equal("MR_1", Assert.Single(Ingest.Read(study, rules).Sequences).Name);
    }

    private static TestStudy WithFat(Action<DicomDataset, int> edit)
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[3] = series[3] with { Edit = edit };
        return TestStudy.Dixon with { Series = series };
    }

    private static void Set(DicomDataset slice, DicomTag tag, string value)
    {
        slice.Remove(tag);
        slice.Add(RawText.Decimal(tag, value));
    }
}
