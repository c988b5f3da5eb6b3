using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>What a simulated study shows, and what is known about the patient behind it.</summary>
public sealed record PhantomVolumes
{
    /// <summary><c>T1_in</c>, <c>T1_opp</c>, <c>T1_W</c>, <c>T1_F</c>, all on one grid.</summary>
    public required IReadOnlyDictionary<string, Volume> Sequences { get; init; }

    /// <summary>The whole liver, vessels included, on the same grid.</summary>
    public required Mask Liver { get; init; }

    /// <summary>Mean liver iron concentration, mg Fe per g dry tissue.</summary>
    public required double LiverIronConcentration { get; init; }

    /// <summary>The patient's traits that the images depend on.</summary>
    public required PhantomPatient Patient { get; init; }

    /// <summary>The latent outcome, drawn by <see cref="IronOutcome"/>.</summary>
    public required bool HighIronAtTwoYears { get; init; }
}
