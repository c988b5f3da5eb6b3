using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Research;

/// <summary>Rules and studies of CT and PET.</summary>
internal static class ResearchRules
{
    public static IngestRules Ct { get; } = new()
    {
        Modality = ImageModality.Ct,
        Sequences = [],
        FieldStrengths = [],
        AdmitUnclassified = true,
        RoiNames = ["^gtv", ".*"],
    };

    public static IngestRules Pet { get; } = Ct with { Modality = ImageModality.Pet, Pet = PetQuantity.SuvBodyWeight };

    /// <summary>A study of one series of another class than MR, with a segmentation.</summary>
    public static TestStudy Study(DicomUID sopClass, string modality, Action<DicomDataset, int> edit, double slope = 1, double intercept = 0) => new()
    {
        Series =
        [
            new MrSeries
            {
                Number = 3,
                ScanningSequence = null,
                FieldStrength = null,
                EchoTime = null,
                RepetitionTime = null,
                Slope = slope,
                Intercept = intercept,
                Edit = (dataset, k) =>
                {
                    dataset.AddOrUpdate(DicomTag.SOPClassUID, sopClass);
                    dataset.AddOrUpdate(DicomTag.Modality, modality);
                    edit(dataset, k);
                },
            },
        ],
        Segmentations = [new SegObject()],
    };
}
