using System.Globalization;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Classification;

/// <summary>Dixon series as the headers of each vendor tell them, beside what each vendor's protocols have that must not be taken for them.</summary>
public sealed class VendorTests
{
    private static readonly string[] _dixon = ["T1_F", "T1_W", "T1_in", "T1_opp"];

    [Fact]
    public void Siemens_dixon_vibe_beside_a_saturated_vibe_and_the_maps_of_a_multi_echo_one()
    {
        AssertTaken(
            [4, 3, 1, 2],
            Siemens(1, "IN_PHASE", "in", 2.46),
            Siemens(2, "OPP_PHASE", "opp", 1.23),
            Siemens(3, "WATER", "W", 1.23),
            Siemens(4, "FAT", "F", 1.23),
            new MrSeries { Number = 5, ImageType = ["ORIGINAL", "PRIMARY", "M", "NORM", "DIS3D"], Description = "t1_vibe_fs_tra_bh", EchoTime = 1.2, Edit = Options("FS") },
            new MrSeries { Number = 6, ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT_FRACTION"], Description = "t1_vibe_q-dixon_tra_bh_FF" },
            new MrSeries { Number = 7, ImageType = ["DERIVED", "PRIMARY", "DIXON", "R2STAR"], Description = "t1_vibe_q-dixon_tra_bh_R2Star" });
    }

    [Fact]
    public void Siemens_dixon_that_only_the_name_tells_with_a_suffix_after_the_letter()
    {
        MrSeries Series(int number, string letter, double echoTime) => new()
        {
            Number = number,
            ImageType = ["ORIGINAL", "PRIMARY", "M", "NORM", "DIS3D"],
            Description = $"t1_vibe_dixon_tra_bh_{letter}_320_BH",
            EchoTime = echoTime,
        };
        AssertTaken([4, 3, 1, 2], Series(1, "in", 2.52), Series(2, "opp", 1.29), Series(3, "W", 1.29), Series(4, "F", 1.29));
    }

    [Theory]
    [InlineData("GR", "OTHER")]
    [InlineData("RM", "OTHER")]
    public void Ge_lava_flex_told_by_its_name(string scanningSequence, string kind)
    {
        MrSeries Series(int number, string name, double echoTime) => new()
        {
            Number = number,
            Manufacturer = "GE MEDICAL SYSTEMS",
            ImageType = ["ORIGINAL", "PRIMARY", kind],
            ScanningSequence = scanningSequence,
            Description = $"{name}: Ax LAVA-Flex BH",
            EchoTime = echoTime,
        };
        AssertTaken(
            [4, 3, 1, 2],
            Series(1, "InPhase", 2.2),
            Series(2, "OutPhase", 1.1),
            Series(3, "WATER", 1.1),
            Series(4, "FAT", 1.1),
            Series(5, "FatFrac", 1.1) with { Description = "FatFrac: Ax IDEAL IQ" },
            Series(6, "R2*", 1.1) with { Description = "R2*: Ax IDEAL IQ", EchoTime = 1.15 });
    }

    [Fact]
    public void Ge_ideal_with_dixon_in_its_image_type()
    {
        MrSeries Series(int number, string kind) => new()
        {
            Number = number,
            Manufacturer = "GE MEDICAL SYSTEMS",
            ImageType = ["DERIVED", "PRIMARY", "DIXON", kind],
            ScanningSequence = "RM",
            Description = "Ax IDEAL 3D",
            EchoTime = 1.3,
        };
        AssertTaken([4, 3, 1, 2], Series(1, "IN_PHASE"), Series(2, "OUT_PHASE"), Series(3, "WATER"), Series(4, "FAT"));
    }

    [Fact]
    public void Philips_mdixon_in_one_classic_series_beside_a_saturated_ethrive()
    {
        MrSeries Series(int number, string kind, double echoTime) => new()
        {
            Number = number,
            Manufacturer = "Philips Medical Systems",
            ImageType = kind == "M" ? ["ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE"] : ["DERIVED", "PRIMARY", kind, kind, "DERIVED"],
            Description = "mDIXON-W_BH",
            EchoTime = echoTime,
            Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.1")).AddOrUpdate(DicomTag.DiffusionBValue, 0.0),
        };
        var thrive = new MrSeries
        {
            Number = 9,
            Manufacturer = "Philips Medical Systems",
            ImageType = ["ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE"],
            Description = "eTHRIVE_BH",
            EchoTime = 1.3,
            Edit = Options("FS"),
        };
        AssertTaken([1.05, 1.04, 1.02, 1.03], Series(1, "IP", 1.02), Series(2, "OP", 1.03), Series(3, "W", 1.04), Series(4, "F", 1.05), thrive);
    }

    [Fact]
    public void Canon_water_fat_separation()
    {
        MrSeries Series(int number, string kind, string name) => new()
        {
            Number = number,
            Manufacturer = "CANON_MEC",
            ImageType = ["DERIVED", "PRIMARY", "OTHER", kind],
            Description = $"Quick 3D WFS BH {name}",
            EchoTime = 1.2,
        };
        AssertTaken([4, 3, 1, 2], Series(1, "IN_PHASE", "In"), Series(2, "OUT_PHASE", "Out"), Series(3, "WATER", "Water"), Series(4, "FAT", "Fat"));
    }

    [Fact]
    public void United_imaging_water_fat_imaging_beside_its_diffusion()
    {
        MrSeries Series(int number, string kind, string name, double echoTime) => new()
        {
            Number = number,
            Manufacturer = "UIH",
            ImageType = ["DERIVED", "PRIMARY", "M", "WFI", kind],
            Description = $"t1_quick3d_tra_wfi_bh_{name}",
            EchoTime = echoTime,
        };
        var diffusion = new MrSeries
        {
            Number = 8,
            Manufacturer = "UIH",
            ScanningSequence = "SE",
            EchoTime = 60,
            RepetitionTime = 4000,
            Edit = (slice, _) => slice.Add(DicomTag.DiffusionBValue, 800.0),
        };
        AssertTaken([4, 3, 1, 2], Series(1, "IP", "ip", 2.2), Series(2, "OP", "op", 1.1), Series(3, "WATER", "w", 1.1), Series(4, "FAT", "f", 1.1), diffusion);
    }

    [Theory]
    [InlineData("DIXON", "FAT", "T1_F")]
    [InlineData("DIXON", "WATER", "T1_W")]
    [InlineData("DIXON", "IN_PHASE", "T1_in")]
    [InlineData("DIXON", "OUT_PHASE", "T1_opp")]
    [InlineData("DIXON", "FAT_FRACTION", null)]
    public void Frames_of_enhanced_dixon_of_siemens_and_philips_are_told_by_frame_type(string third, string fourth, string? expected)
    {
        var dataset = new MrSeries { ImageType = ["ORIGINAL", "PRIMARY", "T1", "MIXED"], ScanningSequence = null, EchoTime = null }.Build(TestStudy.Dixon).First();
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.EnhancedMRImageStorage);
        dataset.Add(DicomTag.EchoPulseSequence, "GRADIENT");
        dataset.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, new DicomDataset
        {
            new DicomSequence(DicomTag.MRImageFrameTypeSequence, new DicomDataset
            {
                { DicomTag.FrameType, "DERIVED", "PRIMARY", third, fourth },
                { DicomTag.ComplexImageComponent, "MAGNITUDE" },
                { DicomTag.AcquisitionContrast, "T1" },
            }),
        }));
        Assert.Equal(expected, NameOf(dataset));
    }

    [Theory]
    [InlineData("AX LAVA FAT SAT")]
    [InlineData("AX T1 VIBE FAT SAT")]
    [InlineData("t1_vibe_fat_sat_tra_post")]
    [InlineData("AX VIBE FAT/SAT")]
    [InlineData("AX LAVA F/S")]
    [InlineData("VIBE FAT SUPP")]
    [InlineData("VIBE Fat-Suppressed tra")]
    [InlineData("VIBE water excitation")]
    [InlineData("e-THRIVE water-sel BH")]
    public void A_gradient_echo_with_saturated_fat_is_none_of_the_dixon_images(string description) =>
        Assert.Null(NameOf(new MrSeries { ImageType = ["ORIGINAL", "PRIMARY", "OTHER"], Description = description }.Build(TestStudy.Dixon).First()));

    [Theory]
    [InlineData("t1_vibe_dixon_tra_bh_F_320_BH", "T1_F")]
    [InlineData("t1_vibe_dixon_fat_supine", "T1_F")]
    [InlineData("FAT: Ax LAVA-Flex BH", "T1_F")]
    [InlineData("WATER: Ax LAVA-Flex BH", "T1_W")]
    [InlineData("Quick 3D WFS BH Water", "T1_W")]
    public void A_dixon_image_that_only_the_name_tells_is_still_one(string description, string expected) =>
        Assert.Equal(expected, NameOf(new MrSeries { ImageType = ["ORIGINAL", "PRIMARY", "OTHER"], Description = description }.Build(TestStudy.Dixon).First()));

    [Theory]
    [InlineData("PHASE", "T1", null)]
    [InlineData("MAGNITUDE", "DIFFUSION", null)]
    [InlineData("MAGNITUDE", "T1", "T1_F")]
    public void Phase_and_diffusion_of_enhanced_images_are_none_of_the_sequences(string component, string contrast, string? expected)
    {
        var dataset = new MrSeries { ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"] }.Build(TestStudy.Dixon).First();
        dataset.Add(DicomTag.ComplexImageComponent, component);
        dataset.Add(DicomTag.AcquisitionContrast, contrast);
        Assert.Equal(expected, NameOf(dataset));
    }

    [Theory]
    [InlineData(0x0019, 0x0C, "SIEMENS MR HEADER", "IS", "600")]
    [InlineData(0x0043, 0x39, "GEMS_PARM_01", "IS", "1000000600\\8\\0\\0")]
    [InlineData(0x0043, 0x39, "GEMS_PARM_01", "IS", "600\\8\\0\\0")]
    [InlineData(0x2001, 0x03, "Philips Imaging DD 001", "FL", "600")]
    [InlineData(0x0065, 0x09, "Image Private Header", "FD", "600")]
    public void A_b_value_that_only_a_private_element_holds_makes_it_diffusion(int group, int element, string creator, string vr, string value)
    {
        var dataset = new MrSeries { ScanningSequence = "SE", EchoTime = 60, RepetitionTime = 4000 }.Build(TestStudy.Dixon).First();
        var tag = new DicomTag((ushort)group, (ushort)element, creator);
        dataset.Add(vr switch
        {
            "FL" => new DicomFloatingPointSingle(tag, float.Parse(value, CultureInfo.InvariantCulture)),
            "FD" => new DicomFloatingPointDouble(tag, double.Parse(value, CultureInfo.InvariantCulture)),
            _ => (DicomItem)new DicomIntegerString(tag, value.Split('\\')),
        });
        var header = Ingest.Header(dataset);
        Assert.Equal(600, Assert.Single(header.Slices).BValue);
        Assert.Equal("diffusion", SequenceClassifier.Classify(Assert.Single(StackSplitter.Split([header])), 3, Ingest.Rules).Exclusion);
    }

    /// <summary>Asserts which series, by number (or echo time), T1_F, T1_W, T1_in and T1_opp are.</summary>
    private static void AssertTaken(double[] expected, params MrSeries[] series)
    {
        series = [.. series.Select(one => one with { Stored = (_, _, _) => one.Number })];
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: new IngestRequest { RequiredSequences = _dixon });
        Assert.Equal(_dixon, sequences.Select(sequence => sequence.Name));
        var byNumber = expected.All(value => value >= 1 && value == Math.Truncate(value));
        Assert.Equal(expected, sequences.Select(sequence => byNumber ? sequence.Volume.Voxels[0] : sequence.Acquisition.EchoTime ?? 0));
    }

    private static string? NameOf(DicomDataset dataset) => SequenceClassifier.NameOf(Assert.Single(StackSplitter.Split([Ingest.Header(dataset)])), 3, Ingest.Rules);

    private static MrSeries Siemens(int number, string kind, string letter, double echoTime) => new()
    {
        Number = number,
        ImageType = ["DERIVED", "PRIMARY", "M", "DIXON", kind],
        Description = string.Create(CultureInfo.InvariantCulture, $"t1_vibe_dixon_tra_bh_{letter}"),
        EchoTime = echoTime,
    };

    private static Action<DicomDataset, int> Options(string option) => (slice, _) => slice.Add(DicomTag.ScanOptions, option);
}
