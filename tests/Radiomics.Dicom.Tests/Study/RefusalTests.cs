using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Each reason for which ingest refuses a study.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void An_upload_without_dicom() =>
        Ingest.Refused("NoDicom", new TestStudy { Series = [], Extra = [("report.pdf", [1, 2, 3]), ("a/notes.txt", new byte[5000])] });

    [Fact]
    public void Images_of_two_patients() =>
        Ingest.Refused("SeveralPatients", TestStudy.Dixon with { Extra = Renamed(TestStudy.Dixon with { PatientId = "4712", Series = [new MrSeries { Number = 8 }], Segmentations = [] }) });

    [Fact]
    public void Images_of_two_patients_without_id_but_of_different_names()
    {
        var anonymous = TestStudy.Dixon with { PatientId = null, PatientBirthDate = null };
        Ingest.Refused("SeveralPatients", anonymous with { Extra = Renamed(anonymous with { PatientName = "Roe^Richard", Series = [new MrSeries { Number = 8 }], Segmentations = [] }) });
    }

    [Fact]
    public void Two_studies_of_one_patient() =>
        Ingest.Refused("SeveralStudies", TestStudy.Dixon with { Extra = Renamed(TestStudy.Dixon with { StudyUid = TestStudy.Uid("77"), Series = [new MrSeries { Number = 8 }], Segmentations = [] }) });

    [Fact]
    public void Images_of_another_modality()
    {
        var ct = new MrSeries
        {
            Edit = (slice, _) =>
            {
                slice.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage);
                slice.AddOrUpdate(DicomTag.Modality, "CT");
            },
        };
        Ingest.Refused("WrongModality", TestStudy.Dixon with { Series = [ct] });
    }

    [Fact]
    public void A_missing_sequence_that_the_model_reads()
    {
        var refusal = Ingest.Refused("SequenceMissing", TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Take(3)] }, request: Ingest.FatModel);
        Assert.Contains("T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_nothing_but_localizers() =>
        Ingest.Refused("SequenceMissing", TestStudy.Dixon with { Series = [new MrSeries { ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"] }] }, Ingest.Research);

    [Fact]
    public void A_study_without_roi() => Ingest.Refused("StudyHasNoRoi", TestStudy.Dixon with { Segmentations = [] });

    [Fact]
    public void A_study_whose_roi_has_another_name()
    {
        var rules = Ingest.Rules with { RoiNames = ["^liver$", "hepar", "肝"] };
        var refusal = Ingest.Refused("StudyHasNoRoi", TestStudy.Dixon with { Segmentations = [new SegObject { Label = "Spleen of Jane Doe" }] }, rules);
        Assert.DoesNotContain("Doe", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_roi_beside_the_image()
    {
        var elsewhere = Grids.Axial with { Origin = new Point3(500, 500, 500) };
        Ingest.Refused("RoiOutsideImage", TestStudy.Dixon with { Segmentations = [new SegObject { Grid = elsewhere }] }, request: Ingest.FatModel);
    }

    [Fact]
    public void An_roi_in_another_frame_of_reference() =>
        Ingest.Refused("FrameOfReferenceMismatch", TestStudy.Dixon with { Segmentations = [new SegObject { FrameOfReference = TestStudy.Uid("10") }] }, request: Ingest.FatModel);

    [Fact]
    public void Another_frame_of_reference_of_a_sequence_that_no_model_reads_is_but_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { FrameOfReference = TestStudy.Uid("10") };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.Contains("FrameOfReferenceMismatch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_without_field_strength_where_a_model_is_to_be_chosen() =>
        Ingest.Refused("FieldStrengthUnknown", WithFieldStrength(null), request: Ingest.FatModel);

    [Fact]
    public void A_study_of_a_field_strength_that_is_in_no_class() =>
        Ingest.Refused("FieldStrengthUnknown", WithFieldStrength(0.55), request: Ingest.FatModel);

    [Fact]
    public void A_study_of_a_field_strength_without_model() =>
        Ingest.Refused("NoModelForFieldStrength", WithFieldStrength(1.5), request: Ingest.FatModel);

    [Fact]
    public void A_file_cut_short()
    {
        var files = TestStudy.Dixon.Files().ToArray();
        files[19] = (files[19].Name, files[19].Content[..^60]);
        var refusal = Ingest.Refused("PixelDataTruncated", new TestStudy { Series = [], Extra = files }, request: Ingest.FatModel);
        Assert.Contains("1 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_nests_without_end()
    {
        byte[] level = [0x40, 0x00, 0x30, 0xa7, (byte)'S', (byte)'Q', 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff];
        var files = TestStudy.Dixon.Files().ToArray();
        var pixels = files[19].Content.AsSpan().LastIndexOf(new byte[] { 0xE0, 0x7F, 0x10, 0x00 });
        files[19] = (files[19].Name, [.. files[19].Content[..pixels], .. Enumerable.Repeat(level, 100_000).SelectMany(bytes => bytes)]);
        Ingest.Refused("PixelDataTruncated", new TestStudy { Series = [], Extra = files }, request: Ingest.FatModel);
    }

    [Fact]
    public void Pixel_data_shorter_than_the_image()
    {
        var series = new MrSeries { Edit = (slice, k) => slice.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(new byte[k == 2 ? 100 : 240]))) };
        Ingest.Refused("PixelDataTruncated", TestStudy.Dixon with { Series = [series] });
    }

    [Fact]
    public void An_image_without_pixel_data() =>
        Ingest.Refused("PixelDataTruncated", TestStudy.Dixon with { Series = [new MrSeries { Edit = (slice, _) => slice.Remove(DicomTag.PixelData) }] });

    [Fact]
    public void A_highest_bit_below_the_bits_stored()
    {
        var series = new MrSeries { Edit = (slice, _) => slice.AddOrUpdate(DicomTag.HighBit, (ushort)7) };
        Ingest.Refused("UnsupportedPixelFormat", TestStudy.Dixon with { Series = [series] }, Ingest.Research);
    }

    [Fact]
    public void A_transfer_syntax_that_nobody_decodes_is_named()
    {
        var files = TestStudy.Dixon.Files().ToArray();
        files[18] = (files[18].Name, TestStudy.Bytes(TestStudy.Encapsulated(TestStudy.Dixon.Series[3].Build(TestStudy.Dixon).First(), DicomTransferSyntax.MPEG2)));
        var study = new TestStudy { Series = [], Extra = files };
        var refusal = Ingest.Refused("UnsupportedTransferSyntax", study, request: Ingest.FatModel);
        Assert.Contains(DicomTransferSyntax.MPEG2.UID.UID, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_copies_are_left_out_with_a_warning()
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = Renamed(TestStudy.Dixon with { Segmentations = [] }) });
        Assert.Equal(4, sequences.Count);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("24 identical copies", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slice_missing_from_the_sequence_that_the_model_reads()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[3] = series[3] with { Without = [2] };
        Ingest.Refused("SliceMissing", TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
    }

    [Fact]
    public void A_slice_missing_from_another_sequence_is_but_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { Without = [2] };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.DoesNotContain(sequences, sequence => sequence.Name == "T1_in");
        Assert.Contains(study.Warnings, warning => warning.Contains("SliceMissing", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_are_not_dicom_are_left_out_with_a_warning()
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("README.txt", [65, 66]), ("viewer/viewer.exe", new byte[3000])] });
        Assert.Equal(4, sequences.Count);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("2 files that are not DICOM", StringComparison.Ordinal));
    }

    private static TestStudy WithFieldStrength(double? tesla) =>
        TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Select(series => series with { FieldStrength = tesla })] };

    private static (string Name, byte[] Content)[] Renamed(TestStudy study) => [.. study.Files().Select(file => ($"other/{file.Name}", file.Content))];
}
