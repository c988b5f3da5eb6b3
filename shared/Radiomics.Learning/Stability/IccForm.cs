namespace Radiomics.Learning;

/// <summary>Forms of the intraclass correlation of a single measurement, as Shrout and Fleiss (Psychological Bulletin 1979;86:420) name them.</summary>
public enum IccForm
{
    /// <summary>ICC(1,1): one-way random effects. Each subject has replicates of its own, as with perturbations drawn for each case.</summary>
    OneWayRandom,

    /// <summary>ICC(2,1): two-way random effects, absolute agreement. All subjects have the same replicates, which are a sample of many.</summary>
    TwoWayRandom,

    /// <summary>ICC(3,1): two-way mixed effects, consistency. All subjects have the same replicates, which are all that matter; what one adds to all subjects doesn't count.</summary>
    TwoWayMixed,
}
