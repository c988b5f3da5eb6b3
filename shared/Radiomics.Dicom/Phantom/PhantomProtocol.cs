using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>How a center's scanner acquires and labels the simulated Dixon series. The built-in ones are in <c>protocols.json</c>.</summary>
public sealed record PhantomProtocol
{
    private static readonly Lazy<IReadOnlyList<PhantomProtocol>> s_all = new(Load);

    /// <summary>The protocols that are built in: centers A and B, each at 3.0 T and 1.5 T.</summary>
    public static IReadOnlyList<PhantomProtocol> All => s_all.Value;

    /// <summary>Center, e.g. <c>A</c>.</summary>
    public required string Center { get; init; }

    /// <summary>Class of field strength, <c>1.5T</c> or <c>3.0T</c>.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Field, tesla.</summary>
    public required double MagneticFieldStrength { get; init; }

    /// <summary>DICOM Manufacturer (no real one is claimed).</summary>
    public required string Manufacturer { get; init; }

    /// <summary>DICOM ManufacturerModelName.</summary>
    public required string ManufacturerModelName { get; init; }

    /// <summary>DICOM SoftwareVersions.</summary>
    public required string SoftwareVersions { get; init; }

    /// <summary>DICOM ProtocolName.</summary>
    public required string ProtocolName { get; init; }

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

    /// <summary>Brightening from the middle of the body to its surface by the receive coils, as a fraction.</summary>
    public required double CoilBias { get; init; }

    /// <summary>Intensity of the fully relaxed magnetisation of water.</summary>
    public required double SignalScale { get; init; }

    /// <summary>DICOM RescaleSlope: intensity per stored unit.</summary>
    public required double RescaleSlope { get; init; }

    /// <summary>Where the series say which of the four Dixon images they are.</summary>
    public required PhantomHeaderStyle HeaderStyle { get; init; }

    /// <summary>
    /// Acquisitions by sequence, all four or none. None: the four images come from one dual-echo breath-hold with the times and the noise above; else those don't apply.
    /// </summary>
    public IReadOnlyDictionary<string, SequenceAcquisition> Sequences { get; init; } = new Dictionary<string, SequenceAcquisition>();

    /// <summary>The built-in protocol of a center and field strength.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownPhantomProtocol</c>.</exception>
    public static PhantomProtocol For(string center, string fieldStrength) =>
        All.FirstOrDefault(protocol => protocol.Center == center && protocol.FieldStrength == fieldStrength)
        ?? throw new RadiomicsException(
            "UnknownPhantomProtocol",
            $"There is no phantom protocol for this center and field strength; use one of {string.Join(", ", All.Select(p => $"{p.Center}/{p.FieldStrength}"))}.");

    private static IReadOnlyList<PhantomProtocol> Load()
    {
        using var stream = typeof(PhantomProtocol).Assembly.GetManifestResourceStream("Radiomics.Dicom.Phantom.protocols.json")!;
        return JsonSerializer.Deserialize<List<PhantomProtocol>>(stream, RadiomicsJson.Options)!;
    }
}
