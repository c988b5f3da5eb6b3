using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>Which of several regions is taken.</summary>
public sealed class RoiChoiceTests
{
    private static readonly IngestRules _rules = Ingest.Shipped with { RoiLimits = null };

    private static readonly DicomDataset _liver = Code("SCT", "10200004", "Liver");

    [Fact]
    public void A_region_coded_as_liver_is_taken_whatever_its_name() =>
        Assert.Equal(1, Chosen(Seg("Segment_1", 1, seg => Type(seg, _liver)), Seg("Liver", 2)));

    [Fact]
    public void A_region_coded_by_the_retired_code_is_taken_too() =>
        Assert.Equal(1, Chosen(Seg("Segment_1", 1, seg => Type(seg, Code("SRT", "T-62000", "Liver")))));

    [Fact]
    public void An_organ_in_the_anatomic_region_liver_is_the_liver() =>
        Assert.Equal(1, Chosen(Seg("Segment_1", 1, seg =>
        {
            Type(seg, Code("SCT", "113343008", "Organ"));
            seg.Add(new DicomSequence(DicomTag.AnatomicRegionSequence, _liver));
        })));

    [Theory]
    [InlineData("108369006", "Neoplasm")]
    [InlineData("59820001", "Blood vessel")]
    [InlineData("52988006", "Lesion")]
    [InlineData("78961009", "Spleen")]
    public void A_region_coded_as_something_else_is_not_the_liver_whatever_its_name(string value, string meaning) =>
        Refused("StudyHasNoRoi", Seg("Liver", 1, seg =>
        {
            Type(seg, Code("SCT", value, meaning));
            seg.Add(new DicomSequence(DicomTag.AnatomicRegionSequence, _liver));
        }));

    [Fact]
    public void A_morphologically_altered_structure_is_not_the_liver() =>
        Refused("StudyHasNoRoi", Seg("Liver", 1, seg =>
        {
            Type(seg, _liver);
            seg.Add(new DicomSequence(DicomTag.SegmentedPropertyCategoryCodeSequence, Code("SCT", "49755003", "Morphologically Altered Structure")));
        }));

    [Fact]
    public void A_general_or_private_code_says_nothing() =>
        Assert.Equal(1, Chosen(Seg("Liver", 1, seg => Type(seg, Code("SCT", "85756007", "Tissue"))), Seg("Spleen", 2, seg => Type(seg, Code("99LOCAL", "7", "x")))));

    [Fact]
    public void The_label_says_vessels_even_if_the_description_says_liver() =>
        Refused("StudyHasNoRoi", Seg("vessels", 1, seg => seg.Add(DicomTag.SegmentDescription, "Liver")));

    [Fact]
    public void Of_several_segmentations_the_newest_is_taken()
    {
        Assert.Equal(2, Chosen(Seg("Liver", 1, top: Dated("20250101", "120000")), Seg("Liver", 2, top: Dated("20250101", "120001")), Seg("Liver", 3, top: Dated("20241231", "235959"))));
        Assert.Equal(1, Chosen(Seg("Liver", 1, top: Dated("2025.02.01", null)), Seg("Liver", 2, top: Dated("20250131", "100000"))));
    }

    [Fact]
    public void Segmentations_of_the_same_time_are_refused() =>
        Refused("RoiAmbiguous", Seg("Liver", 1, top: Dated("20250101", "120000")), Seg("Liver", 2, top: Dated("20250101", "120000.000")));

    [Fact]
    public void Segmentations_without_a_time_are_refused() => Refused("RoiAmbiguous", Seg("Liver", 1), Seg("Liver", 2, top: Dated("20250101", "120000")));

    [Fact]
    public void Of_several_structure_sets_the_newest_is_taken()
    {
        Assert.Equal(2, ChosenOf(Structures(1, "20250101", "120000"), Structures(2, "20250101", "120001"), Structures(3, "20241231", "235959")));
        Assert.Equal(1, ChosenOf(Structures(1, "20250201"), Structures(2, "20250131", "100000")));
    }

    [Theory]
    [InlineData("20250101", "120000", "20250101", "120000.000")]
    [InlineData("20250101", "120000", "20250101", null)]
    [InlineData("20250101", null, "20250101", null)]
    [InlineData("20250101", "120000", null, null)]
    [InlineData(null, null, null, null)]
    public void Structure_sets_of_the_same_time_or_of_none_are_refused(string? date, string? time, string? otherDate, string? otherTime) =>
        Refused("RoiAmbiguous", Structures(1, date, time), Structures(2, otherDate, otherTime));

    [Fact]
    public void Where_a_profile_has_no_codes_the_first_of_such_structure_sets_is_taken_with_a_warning()
    {
        var (study, sequences) = Ingest.Read(Study([Structures(2), Structures(1)]), _rules with { RoiCodes = [] });
        Assert.Equal(2, sequences[0].Roi.CountInside()); // first by SOPInstanceUID
        Assert.Contains("2 regions of interest fit the profile's names equally well; the first was taken.", study.Warnings);
    }

    [Fact]
    public void A_structure_set_whose_region_is_a_target_is_not_the_liver()
    {
        var plain = TestStudy.Dixon with { Segmentations = [] };
        var set = new StructureSetObject { Contours = [StructureSetObject.Rectangle(Grids.Axial, 2, 8, 2, 8, 3)] }.Build(plain, 0);
        set.Add(new DicomSequence(DicomTag.RTROIObservationsSequence, new DicomDataset
        {
            { DicomTag.ReferencedROINumber, "1" },
            { DicomTag.RTROIInterpretedType, "PTV" },
        }));
        Ingest.Refused("StudyHasNoRoi", plain with { Extra = [("rtss.dcm", TestStudy.Bytes(set))] }, _rules);
    }

    [Fact]
    public void A_structure_set_is_chosen_by_its_code()
    {
        var plain = TestStudy.Dixon with { Segmentations = [] };
        var set = new StructureSetObject { Name = "ROI_1", Contours = [StructureSetObject.Rectangle(Grids.Axial, 1.5, 8.5, 1.5, 6.5, 3)] }.Build(plain, 0);
        set.Add(new DicomSequence(DicomTag.RTROIObservationsSequence, new DicomDataset
        {
            { DicomTag.ReferencedROINumber, "1" },
            { DicomTag.RTROIInterpretedType, "ORGAN" },
            new DicomSequence(DicomTag.RTROIIdentificationCodeSequence, Code("SCT", "10200004", "Liver")),
        }));
        Assert.Equal(35, Ingest.Read(plain with { Extra = [("rtss.dcm", TestStudy.Bytes(set))] }, _rules).Sequences[0].Roi.CountInside());
    }

    /// <summary>Voxels of the region that is taken: the first segmentation has 1, the second 2 …</summary>
    private static int Chosen(params DicomDataset[] regions) => Ingest.Read(Study(regions), _rules).Sequences[0].Roi.CountInside();

    private static RadiomicsException Refused(string code, params DicomDataset[] regions) => Ingest.Refused(code, Study(regions), _rules);

    private static TestStudy Study(DicomDataset[] regions) => TestStudy.Dixon with
    {
        Segmentations = [],
        Extra = [.. regions.Select((region, n) => ($"region{n}.dcm", TestStudy.Bytes(region)))],
    };

    /// <summary>Rows of voxels in the region of the structure set that is taken.</summary>
    private static int ChosenOf(params DicomDataset[] sets) => Chosen(sets) / 2;

    /// <summary>A structure set of <paramref name="rows"/> rows of two voxels.</summary>
    private static DicomDataset Structures(int rows, string? date = null, string? time = null)
    {
        var set = new StructureSetObject { Contours = [StructureSetObject.Rectangle(Grids.Axial, 2.5, 4.5, 2.5, 2.5 + rows, 3)] }.Build(TestStudy.Dixon, rows);
        if (date is not null)
        {
            set.Add(DicomTag.StructureSetDate, date);
        }

        if (time is not null)
        {
            set.Add(DicomTag.StructureSetTime, time);
        }

        return set;
    }

    private static DicomDataset Seg(string label, int voxels, Action<DicomDataset>? segment = null, Action<DicomDataset>? top = null)
    {
        var seg = new SegObject { Label = label, Inside = (i, j, k) => i < voxels && j == 0 && k == 0 }.Build(TestStudy.Dixon, voxels);
        segment?.Invoke(seg.GetSequence(DicomTag.SegmentSequence).Items[0]);
        top?.Invoke(seg);
        return seg;
    }

    private static void Type(DicomDataset segment, DicomDataset code) => segment.Add(new DicomSequence(DicomTag.SegmentedPropertyTypeCodeSequence, code));

    private static Action<DicomDataset> Dated(string date, string? time) => seg =>
    {
        seg.Add(RawText.Date(DicomTag.ContentDate, date));
        if (time is not null)
        {
            seg.Add(DicomTag.ContentTime, time);
        }
    };

    private static DicomDataset Code(string scheme, string value, string meaning) => new()
    {
        { DicomTag.CodeValue, value },
        { DicomTag.CodingSchemeDesignator, scheme },
        { DicomTag.CodeMeaning, meaning },
    };
}
