namespace Radiomics.Dicom;

/// <summary>What the intensities of a PET image are to be.</summary>
public enum PetQuantity
{
    /// <summary>What RescaleSlope makes of them, mostly Bq/ml.</summary>
    AsStored,

    /// <summary>Standardised uptake value by body weight, g/ml.</summary>
    SuvBodyWeight,
}
