using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Radiomics.Dicom.Phantom;

namespace Radiomics.Dicom.Tests.Phantom;

public class PhantomDeterminismTests
{
    private static readonly PhantomSettings s_settings = new PhantomSettings
    {
        Center = "A",
        FieldStrength = "3.0T",
        LiverIronConcentration = 8,
        Seed = 5,
    }.WithSize(48, 48);

    [Fact]
    public void The_same_seed_gives_the_same_voxels_on_any_number_of_threads() =>
        Assert.Equal(Digest(LiverPhantom.Generate(s_settings, 1)), Digest(LiverPhantom.Generate(s_settings, 4)));

    [Fact]
    public void Another_seed_gives_another_patient() =>
        Assert.NotEqual(Digest(LiverPhantom.Generate(s_settings)), Digest(LiverPhantom.Generate(s_settings with { Seed = 6 })));

    [Fact]
    public void The_patient_of_a_seed_is_the_same_on_every_scanner()
    {
        var here = LiverPhantom.Generate(s_settings);
        var there = LiverPhantom.Generate(s_settings with { Center = "B", FieldStrength = "1.5T" });
        Assert.Equal(here.Liver.Voxels, there.Liver.Voxels);
        Assert.Equal(here.Patient, there.Patient);
        Assert.Equal(here.HighIronAtTwoYears, there.HighIronAtTwoYears);
    }

    [Fact]
    public void A_cohort_has_both_outcomes_and_iron_tells_them_apart_but_not_perfectly()
    {
        var cohort = PhantomCohort.Settings("A", "3.0T", 150, seed: 3, sizeInPlane: 8, slices: 6)
            .Select(settings => LiverPhantom.Generate(settings))
            .Select(volumes => (Iron: volumes.LiverIronConcentration, High: volumes.HighIronAtTwoYears))
            .ToList();
        var (high, low) = (cohort.Where(p => p.High).ToList(), cohort.Where(p => !p.High).ToList());
        Assert.InRange(high.Count, 45, 90);
        Assert.All(cohort, p => Assert.InRange(p.Iron, 1, 30));
        Assert.InRange(high.Average(h => low.Average(l => h.Iron > l.Iron ? 1.0 : 0.0)), 0.85, 0.95);
    }

    [Fact]
    public void A_cohort_is_made_patient_by_patient_and_its_beginning_does_not_depend_on_its_length()
    {
        var few = PhantomCohort.Generate("B", "3.0T", 2, seed: 9, sizeInPlane: 16, slices: 8).Select(Digest).ToList();
        var many = PhantomCohort.Generate("B", "3.0T", 1_000_000, seed: 9, sizeInPlane: 16, slices: 8).Take(2).Select(Digest).ToList();
        Assert.Equal(few, many);
        Assert.NotEqual(few[0], few[1]);
    }

    private static string Digest(PhantomVolumes volumes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, volume) in volumes.Sequences.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(MemoryMarshal.AsBytes(volume.Voxels.AsSpan()));
        }

        hash.AppendData(volumes.Liver.Voxels);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
