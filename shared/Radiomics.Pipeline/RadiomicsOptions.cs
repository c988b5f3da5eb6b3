using System.ComponentModel.DataAnnotations;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>The section <c>Radiomics</c> of the app's settings.</summary>
public sealed record RadiomicsOptions
{
    /// <summary>
    /// Largest study in the body of an HTTP request, bytes; above it is <c>UploadInstead</c>. In Azure the platform takes no more than 100 MB (104,857,600 bytes) and
    /// answers above that by itself, without a code.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxRequestBytes { get; init; } = 90_000_000;

    /// <summary>How much an upload may hold; above it is <c>ArchiveTooLarge</c>.</summary>
    public ArchiveLimits Archive { get; init; } = new();

    /// <summary>
    /// Memory, in bytes, that the steps of one process may hold for volumes at one time; 1 GiB if not said. Steps that need more wait for others to end, and one that needs more than all of it
    /// works alone: with the largest volume that the limits allow, 640 MiB.
    /// </summary>
    [Range(1L << 26, long.MaxValue)]
    public long WorkingMemoryBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Memory, in bytes, that the ingests of one process may hold at one time for what they read of uploads besides volumes; 256 MiB if not said: four studies as usual, or one of twenty thousand files.
    /// Others wait.
    /// </summary>
    [Range(1L << 26, long.MaxValue)]
    public long IngestMemoryBytes { get; init; } = 1L << 28;

    /// <summary>What is taken in by HTTP at one time.</summary>
    public IntakeOptions Intake { get; init; } = new();

    /// <summary>Temporary files.</summary>
    public TemporaryOptions Temporary { get; init; } = new();

    /// <summary>The DICOM services that studies come from.</summary>
    public IReadOnlyList<DicomServiceSettings> DicomServices { get; init; } = [];

    /// <summary>
    /// How long no event must have come of a study in a DICOM service until it is taken to be complete, seconds; at least 2, since when events came is known to
    /// one second.
    /// </summary>
    [Range(2, double.MaxValue)]
    public double StudyQuietSeconds { get; init; } = 60;

    /// <summary>How long what is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>How much is under way at once.</summary>
    public TurnOptions Turns { get; init; } = new();

    /// <summary>How the audit trail is kept.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Folder with <c>centers</c>, <c>settings</c> and <c>demonstration</c>; that of the app if not set.</summary>
    public string ModelsFolder { get; init; } = ShippedModels;

    /// <summary>The folder that ships with the app.</summary>
    internal static string ShippedModels { get; } = Path.Combine(AppContext.BaseDirectory, "models");
}
