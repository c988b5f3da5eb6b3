using Radiomics.Dicom.Phantom;

namespace Benchmarks;

/// <summary>The patient that every benchmark looks at.</summary>
internal static class Phantoms
{
    public static PhantomSettings Settings { get; } = new() { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 12, Seed = 7 };
}
