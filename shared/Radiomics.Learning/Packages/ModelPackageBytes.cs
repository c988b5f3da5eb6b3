namespace Radiomics.Learning;

/// <summary>A package as trained, ready to be stored.</summary>
/// <param name="Version">First 16 hex digits of the content hash.</param>
/// <param name="Zip">The package; <see cref="ModelPackage.Load(Stream)"/> reads it.</param>
/// <param name="Card">The card, with its version.</param>
public sealed record ModelPackageBytes(string Version, byte[] Zip, ModelCard Card);
