namespace Radiomics.Dicom.Phantom;

/// <summary>What a voxel of the phantom is made of.</summary>
internal enum Tissue : byte
{
    Air,
    SubcutaneousFat,
    Muscle,
    VisceralFat,
    Liver,
    LiverVessel,
    Spleen,
    Blood,
    Marrow,
    Disc,
    CorticalBone,
    SpinalFluid,
    Kidney,
    Stomach,
    Bowel,
    Bile,
    Lung,
}
