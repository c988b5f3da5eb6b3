namespace Radiomics.Dicom;

/// <summary>Where an echo lies in the beat of fat against water.</summary>
public enum EchoPhase
{
    /// <summary>Fat and water add: EchoTime near a whole multiple of 4.6 ms at 1.5 T, 2.3 ms at 3.0 T.</summary>
    InPhase,

    /// <summary>Fat and water subtract: EchoTime near an odd half multiple of it.</summary>
    OpposedPhase,
}
