namespace Radiomics.Dicom.Phantom;

/// <summary>
/// What iron does to the liver's relaxation. R2* follows the multicenter calibration of Hernando et al., "Multicenter Reproducibility of Liver
/// Iron Quantification with 1.5-T and 3.0-T MRI", Radiology 2023 (doi 10.1148/radiol.213256), 207 patients, three vendors:
/// LIC = −0.16 + 2.603·10⁻²·R2* at 1.5 T and LIC = −0.03 + 1.349·10⁻²·R2* at 3.0 T (LIC in mg Fe per g dry tissue, R2* in s⁻¹).
/// It agrees with the biopsy calibration of Wood et al., Blood 2005;106:1460 (LIC = 0.202 + 2.54·10⁻²·R2* at 1.5 T), and with the ratio between
/// the fields of Storey et al., J Magn Reson Imaging 2007;25:540 (R2* at 3 T = 2.00·R2* at 1.5 T − 11 s⁻¹).
/// </summary>
public static class LiverRelaxometry
{
    /// <summary>
    /// Growth of 1/T1 per mg/g of iron, s⁻¹. That 1/T1 grows linearly with hepatic iron: Wood et al., Circulation 2005;112:535 (gerbils);
    /// the slope is this model's own round value.
    /// </summary>
    public const double IronR1PerConcentration = 0.03;

    /// <summary>R2* of liver, s⁻¹, at a liver iron concentration (mg Fe per g dry tissue) and field (tesla; below 2.2 is 1.5 T, else 3.0 T).</summary>
    public static double R2Star(double liverIronConcentration, double tesla) => Math.Max(
        0,
        tesla < 2.2 ? (liverIronConcentration + 0.16) / 2.603e-2 : (liverIronConcentration + 0.03) / 1.349e-2);

    /// <summary>T1 of liver water, ms, from that of the iron-free tissue.</summary>
    public static double T1(double ironFreeT1, double liverIronConcentration) =>
        1000 / (1000 / ironFreeT1 + IronR1PerConcentration * liverIronConcentration);
}
