namespace Radiomics.Extraction;

/// <summary>One separable filter of a plan.</summary>
/// <param name="X">Along x: the kernel and what of it.</param>
/// <param name="Y">Along y.</param>
/// <param name="Z">Along z.</param>
internal readonly record struct SeparableTerm((AxisKernel Kernel, KernelPart Part) X, (AxisKernel Kernel, KernelPart Part) Y, (AxisKernel Kernel, KernelPart Part) Z);

/// <summary>
/// Which separable filters make a response, and how it comes from theirs. Rotations by right angles permute the kernels and reverse them; those that are the same
/// filter, or the same but for the sign, are done once, and a mean falls apart into even and odd parts of which most cancel out.
/// </summary>
internal sealed class SeparablePlan
{
    private SeparablePlan(RotationInvariance pooling, IReadOnlyList<(SeparableTerm Term, double Weight, double Opposite)> terms) => (Pooling, Terms) = (pooling, terms);

    /// <summary>Whether the largest, the smallest, or else the weighted sum of the terms is the response.</summary>
    public RotationInvariance Pooling { get; }

    /// <summary>The filters. In a sum the weight counts; else whether it and the weight of the filter with the opposite sign are 0.</summary>
    public IReadOnlyList<(SeparableTerm Term, double Weight, double Opposite)> Terms { get; }

    /// <summary>The weighted sum of filters.</summary>
    public static SeparablePlan Sum(params IReadOnlyList<(SeparableTerm Term, double Weight)> terms) =>
        new(RotationInvariance.None, [.. terms.Select(t => (t.Term, t.Weight, 0.0))]);

    /// <summary>A filter, rotated in all ways.</summary>
    /// <param name="x">Along x.</param>
    /// <param name="y">Along y.</param>
    /// <param name="z">Along z; null: within slices, where only x and y are turned.</param>
    /// <param name="pooling">How the responses become one.</param>
    public static SeparablePlan Of(AxisKernel x, AxisKernel y, AxisKernel? z, RotationInvariance pooling)
    {
        AxisKernel[] kernels = [x, y, z ?? AxisKernel.None];
        if (pooling == RotationInvariance.None)
        {
            return Sum((new((kernels[0], KernelPart.Plain), (kernels[1], KernelPart.Plain), (kernels[2], KernelPart.Plain)), 1.0));
        }

        var found = new RotatedTerms();
        var rotations = z is null ? Rotations.OfSlice : Rotations.OfVolume;
        foreach (var (axes, reversed) in rotations)
        {
            found.Add(kernels, axes, reversed, isMean: pooling == RotationInvariance.Average);
        }

        return new(pooling, found.All(rotations.Count, isMean: pooling == RotationInvariance.Average));
    }

    /// <summary>Terms with how often they and their opposites occur.</summary>
    private sealed class RotatedTerms
    {
        private readonly List<(SeparableTerm Term, int Same, int Opposite)> _terms = [];

        public void Add(AxisKernel[] kernels, int[] axes, bool[] reversed, bool isMean)
        {
            var parts = new (AxisKernel, KernelPart)[3];
            Choose(0, 1);

            void Choose(int axis, int sign)
            {
                if (axis == 3)
                {
                    Count(new(parts[0], parts[1], parts[2]), sign);
                    return;
                }

                var kernel = kernels[axes[axis]];
                var parity = kernel.Parity;
                if (parity != 0)
                {
                    parts[axis] = (kernel, KernelPart.Plain);
                    Choose(axis + 1, reversed[axis] ? sign * parity : sign);
                }
                else if (!isMean)
                {
                    parts[axis] = (kernel, reversed[axis] ? KernelPart.Reversed : KernelPart.Plain);
                    Choose(axis + 1, sign);
                }
                else
                {
                    parts[axis] = (kernel, KernelPart.Even);
                    Choose(axis + 1, sign);
                    parts[axis] = (kernel, KernelPart.Odd);
                    Choose(axis + 1, reversed[axis] ? -sign : sign);
                }
            }
        }

        /// <summary>The terms that are left, weighted for a mean of so many.</summary>
        public List<(SeparableTerm Term, double Weight, double Opposite)> All(int rotations, bool isMean)
        {
            var all = new List<(SeparableTerm, double, double)>();
            foreach (var (term, same, opposite) in _terms)
            {
                if (!isMean || same != opposite)
                {
                    all.Add((term, (double)same / rotations, (double)opposite / rotations));
                }
            }

            return all;
        }

        private void Count(SeparableTerm term, int sign)
        {
            for (var i = 0; i < _terms.Count; i++)
            {
                var (known, same, opposite) = _terms[i];
                if (Same(known.X, term.X) && Same(known.Y, term.Y) && Same(known.Z, term.Z))
                {
                    _terms[i] = (known, same + (sign > 0 ? 1 : 0), opposite + (sign < 0 ? 1 : 0));
                    return;
                }
            }

            _terms.Add((term, sign > 0 ? 1 : 0, sign < 0 ? 1 : 0));
        }

        private static bool Same((AxisKernel Kernel, KernelPart Part) a, (AxisKernel Kernel, KernelPart Part) b) =>
            a.Part == b.Part && a.Kernel.Name == b.Kernel.Name;
    }
}
