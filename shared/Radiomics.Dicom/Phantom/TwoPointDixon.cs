namespace Radiomics.Dicom.Phantom;

/// <summary>
/// Water and fat from an in-phase and an opposed-phase magnitude (Dixon, Radiology 1984;153:189): half their sum and half their difference.
/// As on scanners, nothing corrects for T2* decay between the echoes, so that an iron-laden liver shows in the "fat" image too.
/// </summary>
public static class TwoPointDixon
{
    /// <summary>
    /// Separates one voxel. Where fat dominates, the opposed signal is negative; scanners know that sign from the phase, here it is given.
    /// Results are magnitudes.
    /// </summary>
    public static (float Water, float Fat) Separate(float inPhase, float opposedPhase, bool fatDominates)
    {
        var signed = fatDominates ? -opposedPhase : opposedPhase;
        return (MathF.Abs(inPhase + signed) / 2, MathF.Abs(inPhase - signed) / 2);
    }
}
