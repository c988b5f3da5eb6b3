using Radiomics.Learning;

namespace Radiomics.Cli.Experiment;

/// <summary>How large the experiment is, and what it reads; equal options give equal results.</summary>
internal sealed record PaperOptions
{
    /// <summary>Seed of patients, splits and training.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Patients in all groups together; the paper had 360.</summary>
    public int Patients { get; init; } = 360;

    /// <summary>Voxels along each axis.</summary>
    public int Size { get; init; } = 96;

    /// <summary>Name of the extraction settings.</summary>
    public string Settings { get; init; } = "liver-mri";

    /// <summary>Folder of the groups' protocols.</summary>
    public string Protocols { get; init; } = PaperProtocol.ShippedFolder;

    /// <summary>
    /// The learning protocol; its seed is <see cref="Seed"/>. Stability is measured on 15 patients of each group, half of what is usual, since the perturbed images are
    /// most of the work.
    /// </summary>
    public ProtocolSettings Learning { get; init; } = new() { StabilityPatients = 15 };

    /// <summary>Where packages, cards and features go; null: nowhere.</summary>
    public string? Out { get; init; }
}
