using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// The latent outcome that demonstration models learn: high iron at two years, drawn with the probability
/// 1/(1 + exp(−(2.6·ln(LIC/7) + 0.7·h))), h being the patient's deviation in heterogeneity. The coefficients are chosen, not measured: with
/// them a perfect reader of LIC reaches an AUC near 0.9.
/// </summary>
public static class IronOutcome
{
    /// <summary>Probability of high iron at two years.</summary>
    public static double Probability(double liverIronConcentration, double heterogeneityDeviation)
    {
        var logit = 2.6 * Math.Log(Math.Max(liverIronConcentration, 0.01) / 7) + 0.7 * heterogeneityDeviation;
        return 1 / (1 + Math.Exp(-logit));
    }

    internal static bool Draw(PhantomPatient patient, CounterRandom random) =>
        random.Uniform(0) < Probability(patient.LiverIronConcentration, patient.HeterogeneityDeviation);
}
