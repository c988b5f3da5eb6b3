namespace Radiomics.Dicom.Phantom;

/// <summary>The signal equation of a spoiled gradient echo in the steady state (Ernst).</summary>
public static class SpoiledGradientEcho
{
    /// <summary>Transverse magnetisation right after the pulse as a fraction of the relaxed one: sin α·(1 − E1)/(1 − cos α·E1), E1 = exp(−TR/T1); times in ms, angle in degrees.</summary>
    public static double Saturation(double repetitionTime, double flipAngle, double t1)
    {
        var e1 = Math.Exp(-repetitionTime / t1);
        var alpha = flipAngle * Math.PI / 180;
        return Math.Sin(alpha) * (1 - e1) / (1 - Math.Cos(alpha) * e1);
    }

    /// <summary>What is left at the echo: exp(−TE·R2*), TE in ms, R2* in s⁻¹.</summary>
    public static double Decay(double echoTime, double r2Star) => Math.Exp(-echoTime * r2Star / 1000);
}
