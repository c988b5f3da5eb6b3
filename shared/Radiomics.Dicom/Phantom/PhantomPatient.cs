using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>Traits of a synthetic patient: drawn from the seed, apart from the iron that the settings give.</summary>
public sealed record PhantomPatient
{
    /// <summary>Mean liver iron concentration, mg Fe per g dry tissue.</summary>
    public required double LiverIronConcentration { get; init; }

    /// <summary>Standard deviation of the logarithm of the local iron concentration.</summary>
    public required double IronHeterogeneity { get; init; }

    /// <summary>How far this patient's heterogeneity lies from that expected at this iron concentration, in standard deviations.</summary>
    public required double HeterogeneityDeviation { get; init; }

    /// <summary>Size of iron patches, mm.</summary>
    public required double IronCorrelationLength { get; init; }

    /// <summary>Iron of the spleen, mg Fe per g dry tissue.</summary>
    public required double SpleenIronConcentration { get; init; }

    /// <summary>Proton density fat fraction of the liver.</summary>
    public required double LiverFatFraction { get; init; }

    /// <summary>Size of the body, 1 for the average.</summary>
    public required double BodyScale { get; init; }

    /// <summary>Linear size of the liver, 1 for the average.</summary>
    public required double LiverScale { get; init; }

    /// <summary>Thickness of the subcutaneous fat, mm.</summary>
    public required double FatThickness { get; init; }

    /// <summary>Receiver gain, 1 for the average.</summary>
    public required double Gain { get; init; }

    /// <summary>
    /// Draws the patient of a seed. Patches of iron grow in contrast and size with the load: the log-standard-deviation is
    /// 0.08 + 0.32·LIC/(LIC + 10), times a patient factor exp(0.25·z); the length is 7 + LIC/5 mm. Both are this model's own assumptions.
    /// </summary>
    internal static PhantomPatient Draw(double liverIronConcentration, CounterRandom random)
    {
        var deviation = Math.Clamp(random.Normal(1), -2.5, 2.5);
        var expected = 0.08 + 0.32 * liverIronConcentration / (liverIronConcentration + 10);
        return new()
        {
            LiverIronConcentration = liverIronConcentration,
            IronHeterogeneity = expected * Math.Exp(0.25 * deviation),
            HeterogeneityDeviation = deviation,
            IronCorrelationLength = 7 + liverIronConcentration / 5,
            SpleenIronConcentration = liverIronConcentration * random.Uniform(2, 0.2, 0.6),
            LiverFatFraction = random.Uniform(3, 0.02, 0.08),
            BodyScale = random.Uniform(4, 0.96, 1.04),
            LiverScale = random.Uniform(5, 0.97, 1.03),
            FatThickness = random.Uniform(6, 10, 20),
            Gain = random.Uniform(7, 0.95, 1.05),
        };
    }
}
