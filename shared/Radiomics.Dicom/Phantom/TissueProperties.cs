namespace Radiomics.Dicom.Phantom;

/// <summary>Proton densities relative to pure water, T1 in ms, R2* in s⁻¹.</summary>
internal readonly record struct TissueProperties(double Water, double Fat, double WaterT1, double R2Star)
{
    /// <summary>T1 of the iron-free liver, ms: de Bazelaire et al., Radiology 2004;230:652.</summary>
    public static double LiverT1(double tesla) => Pick(tesla, 586, 809);

    /// <summary>T1 of fat, ms: de Bazelaire et al., Radiology 2004;230:652.</summary>
    public static double FatT1(double tesla) => Pick(tesla, 343, 382);

    /// <summary>Water content of the liver; the fat fraction is taken from it.</summary>
    public const double LiverProtonDensity = 0.85;

    /// <summary>
    /// Properties of all tissues but the liver, which varies from voxel to voxel. T1 of spleen, muscle, marrow, kidney cortex and fat:
    /// de Bazelaire et al., Radiology 2004;230:652; blood: Stanisz et al., Magn Reson Med 2005;54:507. Other values are plausible round
    /// numbers that give the organs around the liver their usual grey.
    /// </summary>
    public static TissueProperties Of(Tissue tissue, double tesla, double spleenIron) => tissue switch
    {
        Tissue.SubcutaneousFat => new(0.06, 0.88, Pick(tesla, 856, 898), Pick(tesla, 35, 55)),
        Tissue.VisceralFat => new(0.10, 0.80, Pick(tesla, 856, 898), Pick(tesla, 45, 70)),
        Tissue.Muscle => new(0.74, 0.03, Pick(tesla, 856, 898), Pick(tesla, 32, 40)),
        Tissue.LiverVessel or Tissue.Blood => new(0.90, 0, Pick(tesla, 1441, 1932), Pick(tesla, 8, 20)),
        Tissue.Spleen => new(0.84, 0, Pick(tesla, 1057, 1328), LiverRelaxometry.R2Star(spleenIron, tesla)),
        Tissue.Marrow => new(0.45, 0.35, Pick(tesla, 549, 586), Pick(tesla, 90, 160)),
        Tissue.Disc => new(0.60, 0, Pick(tesla, 1000, 1200), Pick(tesla, 25, 40)),
        Tissue.CorticalBone => new(0.08, 0.02, 400, 900),
        Tissue.SpinalFluid => new(0.98, 0, 4000, 3),
        Tissue.Kidney => new(0.85, 0.01, Pick(tesla, 966, 1142), Pick(tesla, 18, 32)),
        Tissue.Stomach => new(0.85, 0.02, Pick(tesla, 1500, 1700), Pick(tesla, 15, 25)),
        Tissue.Bowel => new(0.78, 0.03, Pick(tesla, 850, 1000), Pick(tesla, 30, 60)),
        Tissue.Bile => new(0.95, 0, Pick(tesla, 1800, 2200), 5),
        Tissue.Lung => new(0.14, 0, Pick(tesla, 1100, 1300), Pick(tesla, 350, 700)),
        _ => default,
    };

    private static double Pick(double tesla, double at15, double at30) => tesla < 2.2 ? at15 : at30;
}
