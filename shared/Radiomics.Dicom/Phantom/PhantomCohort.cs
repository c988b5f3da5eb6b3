using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>Many patients of one scanner, e.g. to train a demonstration model.</summary>
public static class PhantomCohort
{
    /// <summary>
    /// Yields patients lazily, one at a time. Iron concentrations are log-uniform between 1 and 30 mg/g; patient n depends on seed and n only.
    /// </summary>
    /// <param name="center">Center whose protocol is simulated.</param>
    /// <param name="fieldStrength"><c>1.5T</c> or <c>3.0T</c>.</param>
    /// <param name="count">Number of patients.</param>
    /// <param name="seed">Seed of the cohort.</param>
    /// <param name="sizeInPlane">Columns and rows over a field of view of 384 mm.</param>
    /// <param name="slices">Slices over 216 mm.</param>
    public static IEnumerable<PhantomVolumes> Generate(string center, string fieldStrength, int count, int seed, int sizeInPlane = 48, int slices = 48) =>
        Settings(center, fieldStrength, count, seed, sizeInPlane, slices).Select(settings => LiverPhantom.Generate(settings));

    /// <summary>The settings of the same patients, without making the images.</summary>
    public static IEnumerable<PhantomSettings> Settings(string center, string fieldStrength, int count, int seed, int sizeInPlane = 48, int slices = 48)
    {
        var random = new CounterRandom((ulong)(uint)seed).Stream(0xC0);
        for (var n = 0; n < count; n++)
        {
            yield return new PhantomSettings
            {
                Center = center,
                FieldStrength = fieldStrength,
                LiverIronConcentration = Math.Exp(random.Uniform(2 * (ulong)n, 0, Math.Log(30))),
                Seed = (int)(random.Bits(2 * (ulong)n + 1) >> 33),
            }.WithSize(sizeInPlane, slices);
        }
    }
}
