using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Spectra along x of a real signal in the box, by frequency, y, and vector of slices.</summary>
internal sealed class RowSpectra(int vectors)
{
    public Vector256<double>[] Re { get; } = GC.AllocateUninitializedArray<Vector256<double>>(vectors);

    public Vector256<double>[] Im { get; } = GC.AllocateUninitializedArray<Vector256<double>>(vectors);
}
