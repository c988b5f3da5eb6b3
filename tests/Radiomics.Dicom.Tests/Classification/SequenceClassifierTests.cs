using System.Text.Json;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Classification;

public sealed class SequenceClassifierTests
{
    [Theory]
    [InlineData("T1_F", @"DERIVED\PRIMARY\DIXON\FAT", 1.23, 3.0)]
    [InlineData("T1_W", @"DERIVED\PRIMARY\M\DIS2D\WATER", 1.23, 3.0)]
    [InlineData("T1_in", @"ORIGINAL\PRIMARY\DIXON\IN_PHASE", 2.46, 3.0)]
    [InlineData("T1_opp", @"ORIGINAL\PRIMARY\M\ND\OPP_PHASE", 1.23, 3.0)]
    [InlineData("T1_F", @"DERIVED\PRIMARY\FAT", 1.6, 1.5)]
    [InlineData("T1_opp", @"ORIGINAL\PRIMARY\OUT_PHASE", 2.1, 1.5)]
    [InlineData("T1_F", @"ORIGINAL\PRIMARY\F\F\DERIVED", 0.0, 3.0)]
    [InlineData("T1_W", @"ORIGINAL\PRIMARY\W\W\DERIVED", 0.0, 3.0)]
    [InlineData("T1_in", @"ORIGINAL\PRIMARY\IP\IP\DERIVED", 0.0, 3.0)]
    [InlineData("T1_opp", @"ORIGINAL\PRIMARY\OP\OP\DERIVED", 0.0, 3.0)]
    public void Dixon_images_of_siemens_ge_and_philips_are_told_by_image_type(string expected, string imageType, double echoTime, double tesla) =>
        Assert.Equal(expected, Name(Stack(imageType, echoTime: echoTime), tesla));

    [Theory]
    [InlineData("T1_opp", 1.15, 3.0)]
    [InlineData("T1_in", 2.3, 3.0)]
    [InlineData("T1_in", 2.46, 3.0)]
    [InlineData("T1_opp", 2.3, 1.5)]
    [InlineData("T1_in", 4.6, 1.5)]
    [InlineData(null, 1.7, 3.0)]
    [InlineData(null, 4.6, null)]
    public void Echoes_are_in_phase_or_opposed_by_field_strength(string? expected, double echoTime, double? tesla) =>
        Assert.Equal(expected, Name(Stack(@"ORIGINAL\PRIMARY\M", echoTime: echoTime), tesla));

    [Fact]
    public void A_spin_echo_of_long_echo_time_is_T2() =>
        Assert.Equal("T2", Name(Stack(@"ORIGINAL\PRIMARY\M\ND", "SE", 87, 3000), 1.5));

    [Fact]
    public void The_fat_image_of_a_T2_dixon_is_no_T1_fat_image() =>
        Assert.Null(Name(Stack(@"DERIVED\PRIMARY\DIXON\FAT", "SE", 87, 3000), 1.5));

    [Theory]
    [InlineData(@"ORIGINAL\PRIMARY\P\ND")]
    [InlineData(@"DERIVED\PRIMARY\FAT_FRACTION")]
    [InlineData(@"DERIVED\PRIMARY\AXIAL")]
    public void Phase_images_and_maps_are_none_of_them(string imageType) =>
        Assert.Null(Name(Stack(imageType, scanningSequence: imageType.Contains(@"\P\", StringComparison.Ordinal) ? "GR" : ""), 3.0));

    [Theory]
    [InlineData("T1_W", "WATER: Ax LAVA-Flex")]
    [InlineData("T1_F", "FAT: Ax LAVA-Flex")]
    [InlineData("T1_F", "t1_vibe_dixon_tra_bh_F")]
    [InlineData("T1_W", "t1_vibe_dixon_tra_bh_W")]
    [InlineData("T1_opp", "t1_vibe_dixon_tra_bh_opp")]
    [InlineData("T1_in", "t1_vibe_dixon_tra_bh_in")]
    [InlineData("T1_in", "InPhase: Ax LAVA-Flex")]
    [InlineData("T1_opp", "OutPhase: Ax LAVA-Flex")]
    [InlineData(null, "t1_vibe_fs_tra_bh")]
    public void The_description_is_the_last_resort(string? expected, string description) =>
        Assert.Equal(expected, Name(Stack(@"ORIGINAL\PRIMARY\OTHER", echoTime: null, description: description), null));

    [Fact]
    public void Rules_are_data()
    {
        const string json = """{"sequences": [{"name": "T2", "scanOptions": ["FS"], "repetitionTime": {"min": 1000}}], "fieldStrengths": [], "roiNames": ["^liver$"]}""";
        var rules = JsonSerializer.Deserialize<IngestRules>(json, RadiomicsJson.Options)!;
        Assert.Equal("T2", SequenceClassifier.NameOf(Stack(@"ORIGINAL\PRIMARY", "SE", 10, 1500, scanOptions: "FS"), 3, rules));
        Assert.Null(SequenceClassifier.NameOf(Stack(@"ORIGINAL\PRIMARY", "SE", 10, 500, scanOptions: "FS"), 3, rules));
        Assert.Null(SequenceClassifier.NameOf(Stack(@"ORIGINAL\PRIMARY", "SE", 10, 1500), 3, rules));
    }

    [Theory]
    [InlineData(1.5, "1.5T")]
    [InlineData(1.494, "1.5T")]
    [InlineData(2.89, "3.0T")]
    [InlineData(15000, "1.5T")]
    [InlineData(30000, "3.0T")]
    [InlineData(7, null)]
    [InlineData(0, null)]
    public void Field_strengths_are_classed(double value, string? expected) =>
        Assert.Equal(expected, FieldStrengthClass.NameOf(FieldStrengthClass.ToTesla(value), Ingest.Rules.FieldStrengths));

    private static string? Name(SliceStack stack, double? tesla) => SequenceClassifier.NameOf(stack, tesla, Ingest.Rules);

    private static SliceStack Stack(
        string imageType,
        string scanningSequence = "GR",
        double? echoTime = 1.23,
        double repetitionTime = 4,
        string? description = null,
        string? scanOptions = null)
    {
        var series = new InstanceHeader
        {
            Entry = 0,
            SopClassUid = "",
            SopInstanceUid = "",
            StudyUid = "",
            SeriesUid = "",
            SeriesDescription = description,
            ScanningSequence = [scanningSequence],
            ScanOptions = scanOptions is null ? [] : [scanOptions],
        };
        var slice = new SliceHeader
        {
            Entry = 0,
            Frame = 0,
            Rows = 1,
            Columns = 1,
            PixelSpacing = (1, 1),
            Position = Point3.Zero,
            DirectionX = new Point3(1, 0, 0),
            DirectionY = new Point3(0, 1, 0),
            RescaleSlope = 1,
            RescaleIntercept = 0,
            ImageType = imageType.Split('\\'),
            EchoTime = echoTime,
            RepetitionTime = repetitionTime,
        };
        return new SliceStack(series, [slice]);
    }
}
