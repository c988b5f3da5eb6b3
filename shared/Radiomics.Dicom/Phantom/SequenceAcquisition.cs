using System.Text.Json.Serialization;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// One breath-hold of its own in which a single Dixon image is acquired, with the faults of that breath-hold. <c>T1_W</c> and <c>T1_F</c> are separated from the two
/// echoes of their own acquisition.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SequenceAcquisition
{
    /// <summary>Why it is acquired in this way, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>Echo time at which fat opposes water, ms.</summary>
    public required double OpposedPhaseEchoTime { get; init; }

    /// <summary>Echo time at which fat and water add, ms.</summary>
    public required double InPhaseEchoTime { get; init; }

    /// <summary>Repetition time, ms.</summary>
    public required double RepetitionTime { get; init; }

    /// <summary>Flip angle, degrees.</summary>
    public required double FlipAngle { get; init; }

    /// <summary>Standard deviation of the noise in each of the two channels, as a fraction of the fully relaxed magnetisation.</summary>
    public required double Noise { get; init; }

    /// <summary>
    /// Standard deviation of the Gaussian by which motion blurs along the phase encoding direction (y), mm, for the average patient. Patients differ by an
    /// exponentially distributed factor (mean 1, at most 3): most hold their breath, some don't.
    /// </summary>
    public double MotionBlur { get; init; }

    /// <summary>
    /// Share of the signal that motion spreads over two ghosts, a quarter of the field of view away along the phase encoding direction, for the average patient;
    /// it varies with <see cref="MotionBlur"/>'s factor, up to one half.
    /// </summary>
    public double Ghosting { get; init; }

    /// <summary>Thickness of the excited slices, mm; 0: as thin as the grid's.</summary>
    public double SliceThickness { get; init; }

    /// <summary>Gap between two slices, mm: the tissue in it isn't seen, the grid's slices there are interpolated.</summary>
    public double SliceGap { get; init; }
}
