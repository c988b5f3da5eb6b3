using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Research;

/// <summary>CT, under rules that admit it: intensities are Hounsfield units.</summary>
public sealed class CtTests
{
    [Fact]
    public void The_chest_phantom_of_IBSI_is_the_same_image_and_region_as_its_NIfTI()
    {
        var folder = TestData.Require("ibsi1/ct_phantom");
        var read = StudyReader.Read(FolderStudySource.Create(Path.Combine(folder, "dicom")), ResearchRules.Ct, Ingest.Key, new IngestRequest());
        var sequence = Assert.Single(read.Sequences);
        Assert.StartsWith("CT_", sequence.Name, StringComparison.Ordinal);
        using var imageFile = File.OpenRead(Path.Combine(folder, "image.nii.gz"));
        using var maskFile = File.OpenRead(Path.Combine(folder, "mask.nii.gz"));
        var (image, mask) = (NiftiFile.ReadVolume(imageFile), NiftiFile.ReadMask(maskFile));

        var (ours, theirs) = (sequence.Volume.Geometry, image.Geometry);
        Assert.Equal(theirs.Count, ours.Count);
        var (both, either) = (0, 0);
        for (var i = 0; i < theirs.Count; i++)
        {
            var at = ours.ToIndex(theirs.ToPatient(i % theirs.SizeX, i / theirs.SizeX % theirs.SizeY, i / theirs.SizeX / theirs.SizeY));
            var index = ((int)Math.Round(at.Z) * ours.SizeY + (int)Math.Round(at.Y)) * ours.SizeX + (int)Math.Round(at.X);
            if (image[i] != sequence.Volume[index])
            {
                Assert.Fail($"Voxel {i} has {sequence.Volume[index]} HU in the DICOM series and {image[i]} in NIfTI.");
            }

            both += mask.Voxels[i] & sequence.Roi.Voxels[index];
            either += mask.Voxels[i] | sequence.Roi.Voxels[index];
        }

        // Contours become voxels by rules that differ at the border.
        Assert.True(both > 0.97 * either, $"{both} of {either} voxels are in both regions.");
    }

    [Fact]
    public void Slope_and_intercept_give_Hounsfield_units()
    {
        var (_, sequences) = Ingest.Read(Study(slope: 2, intercept: -1024), ResearchRules.Ct);
        var sequence = Assert.Single(sequences);
        Assert.Equal("CT_3", sequence.Name);
        Assert.Equal(-1024, sequence.Volume[0]);
        Assert.Equal(-1022, sequence.Volume[1]);
        Assert.True(sequence.Roi.CountInside() > 0);
    }

    [Fact]
    public void Headers_without_intercept_or_with_another_quantity_are_refused_by_name()
    {
        var missing = Ingest.Refused("QuantityUnknown", Study((dataset, _) => dataset.Remove(DicomTag.RescaleIntercept)), ResearchRules.Ct);
        Assert.Contains("RescaleIntercept is missing", missing.Detail);
        var other = Ingest.Refused("QuantityUnknown", Study((dataset, _) => dataset.AddOrUpdate(DicomTag.RescaleType, "Z_EFF")), ResearchRules.Ct);
        Assert.Contains("Z_EFF", other.Detail);
        Assert.Single(Ingest.Read(Study((dataset, _) => dataset.AddOrUpdate(DicomTag.RescaleType, "HU")), ResearchRules.Ct).Sequences);
    }

    [Fact]
    public void The_service_s_rules_admit_no_CT_and_these_no_MR()
    {
        Ingest.Refused("WrongModality", Study(), Ingest.Rules);
        Ingest.Refused("WrongModality", Study(), Ingest.Research);
        Assert.Contains("Send the CT study", Ingest.Refused("WrongModality", TestStudy.Dixon, ResearchRules.Ct).Detail);
    }

    [Fact]
    public void Rules_for_MR_are_written_as_before()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(Ingest.Shipped, RadiomicsJson.Options);
        Assert.DoesNotContain("modality", json);
        Assert.DoesNotContain("\"pet\"", json);
        Assert.Contains("\"modality\":\"ct\"", System.Text.Json.JsonSerializer.Serialize(ResearchRules.Ct, RadiomicsJson.Options));
    }

    private static TestStudy Study(double slope = 1, double intercept = 0) => ResearchRules.Study(DicomUID.CTImageStorage, "CT", (_, _) => { }, slope, intercept);

    private static TestStudy Study(Action<DicomDataset, int> edit) => ResearchRules.Study(DicomUID.CTImageStorage, "CT", edit);
}
