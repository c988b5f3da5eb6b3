namespace Radiomics.Extraction;

/// <summary>
/// A combination of kinds of perturbation, from which perturbations are drawn at random: all kinds that are chosen are done in each, one after another, as in the chains of
/// Zwanenburg et al. (2019): rotation (R), translation (T), noise (N), volume (V), contour (C).
/// </summary>
public sealed record PerturbationChain
{
    /// <summary>Rotation in the plane of the slices, at most so many degrees either way; 0: none.</summary>
    public double Rotation { get; init; }

    /// <summary>Translation along each axis, at most so many voxels either way; 0: none.</summary>
    public double Translation { get; init; }

    /// <summary>Noise added, in units of the image's own; 0: none.</summary>
    public double Noise { get; init; }

    /// <summary>Growth of the ROI, at most such a share of its volume either way; 0: none.</summary>
    public double Volume { get; init; }

    /// <summary>Whether the contour is drawn anew by supervoxels.</summary>
    public bool Contour { get; init; }

    /// <summary>The letters of what is chosen, in the order in which it is done: <c>RTNVC</c>.</summary>
    public string Letters => (Rotation > 0 ? "R" : "") + (Translation > 0 ? "T" : "") + (Noise > 0 ? "N" : "") + (Volume > 0 ? "V" : "") + (Contour ? "C" : "");

    /// <summary>
    /// Draws <paramref name="count"/> perturbations, named by their number. Equal arguments give equal ones, and more of them begin with the same; each kind has random numbers
    /// of its own.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>InvalidPerturbation</c>: nothing is chosen, or more than a perturbation may be.</exception>
    public IReadOnlyList<Perturbation> Draw(int count, int seed)
    {
        if (Letters.Length == 0)
        {
            throw new RadiomicsException("InvalidPerturbation", "A chain of perturbations needs at least one kind: rotation, translation, noise, volume or contour.");
        }

        // Both ends, so that a range that is too wide is refused whatever is drawn.
        new Perturbation { Name = "", Rotation = Rotation, Translation = new(Translation, Translation, Translation), Noise = Noise, Growth = Volume }.Validate();
        new Perturbation { Name = "", Rotation = -Rotation, Growth = -Volume }.Validate();
        var random = new CounterRandom((ulong)(uint)seed);
        var drawn = new Perturbation[count];
        for (var i = 0; i < count; i++)
        {
            var one = random.Stream((ulong)i);
            drawn[i] = new()
            {
                Name = $"repeat{i + 1}",
                Rotation = Within(Rotation, one.Uniform(0)),
                Translation = new(Within(Translation, one.Uniform(1)), Within(Translation, one.Uniform(2)), Within(Translation, one.Uniform(3))),
                Noise = Noise,
                Growth = Within(Volume, one.Uniform(4)),
                Contour = Contour,
            };
        }

        return drawn;
    }

    private static double Within(double most, double uniform) => most * (2 * uniform - 1);
}
