using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary>What a run of <c>radiomics stability</c> is asked for.</summary>
/// <param name="Settings">How features are extracted, of each image alike.</param>
/// <param name="Chain">What perturbations are drawn from.</param>
/// <param name="Repeats">Perturbed images of each case.</param>
/// <param name="Seed">Seed of what is drawn.</param>
/// <param name="Form">Form of the ICC.</param>
/// <param name="Jobs">Images or cases at a time.</param>
internal sealed record StabilityRequest(
    ExtractionSettings Settings, PerturbationChain Chain, int Repeats, int Seed, IccForm Form, int Jobs)
{
    /// <summary>Bytes that a case may take; null: what the machine or container has, of which each of several jobs has its share.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>How an error is told.</summary>
    public Func<Exception, Exception> Words { get; init; } = exception => exception;

    /// <summary>The form as papers write it.</summary>
    public string FormName => Form switch { IccForm.TwoWayRandom => "ICC(2,1)", IccForm.TwoWayMixed => "ICC(3,1)", _ => "ICC(1,1)" };

    /// <summary>
    /// The perturbations of a case and the seed of its noise and contours. With ICC(1,1) both are drawn for the case by its name; else all cases have the same
    /// perturbations, which are the forms' raters, and noise and contours of their own.
    /// </summary>
    public (IReadOnlyList<Perturbation> Perturbations, int Seed) For(string name)
    {
        var own = Mixed(name);
        return (Chain.Draw(Repeats, Form == IccForm.OneWayRandom ? own : Seed), own);
    }

    /// <summary>FNV-1a of the name, with the seed before it: the same on every machine.</summary>
    private int Mixed(string name)
    {
        var hash = unchecked((2166136261u ^ (uint)Seed) * 16777619u);
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return unchecked((int)hash);
    }
}
