namespace Radiomics.Extraction;

/// <summary>A filter along one axis: one after the other, each stage's weights lie <c>Dilation</c> voxels apart (à trous).</summary>
/// <param name="Name">Tells kernels of one plan apart.</param>
/// <param name="Stages">In the order in which they are applied.</param>
internal sealed record AxisKernel(string Name, IReadOnlyList<(Taps Taps, int Dilation)> Stages)
{
    /// <summary>Leaves the image as it is.</summary>
    public static AxisKernel None { get; } = new("", []);

    /// <summary>A filter of one stage.</summary>
    public static AxisKernel Of(string name, Taps taps) => new(name, [(taps, 1)]);

    /// <summary>Voxels that it reaches, or would if it were reversed.</summary>
    public int Reach
    {
        get
        {
            var reach = 0;
            foreach (var (taps, dilation) in Stages)
            {
                reach += dilation * Math.Max(-taps.First, taps.First + taps.Count - 1);
            }

            return reach;
        }
    }

    /// <summary>What reversing the filter does: 1 nothing, −1 the sign changes, 0 it is another filter.</summary>
    public int Parity
    {
        get
        {
            var parity = 1;
            foreach (var (taps, _) in Stages)
            {
                parity *= ParityOf(taps);
            }

            return parity;
        }
    }

    private static int ParityOf(Taps taps)
    {
        bool even = true, odd = true;
        for (var t = 0; t < taps.Count; t++)
        {
            var opposite = -(taps.First + t) - taps.First;
            var weight = opposite >= 0 && opposite < taps.Count ? taps.Exact[opposite] : 0;
            even &= weight == taps.Exact[t];
            odd &= weight == -taps.Exact[t];
        }

        return even ? 1 : odd ? -1 : 0;
    }
}

/// <summary>What of a kernel is applied along an axis.</summary>
internal enum KernelPart
{
    /// <summary>The kernel.</summary>
    Plain,

    /// <summary>The kernel reversed.</summary>
    Reversed,

    /// <summary>Half their sum.</summary>
    Even,

    /// <summary>Half their difference.</summary>
    Odd,
}
