namespace Radiomics.Dicom;

/// <summary>What kind of images a study is measured by.</summary>
public enum ImageModality
{
    /// <summary>Magnetic resonance.</summary>
    Mr,

    /// <summary>Computed tomography: intensities are Hounsfield units.</summary>
    Ct,

    /// <summary>Positron emission tomography, an object for each slice (PS3.3 A.21).</summary>
    Pet,
}
