using System.Text.Json;
using System.Text.Json.Serialization;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Radiomics.Cli.Experiment;

/// <summary>How one group of the experiment is scanned: a file <c>models/experiments/paper/{center}-{fieldStrength}.json</c>, every choice with its reason.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PaperProtocol
{
    /// <summary>The folder that comes with the tool.</summary>
    public static string ShippedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "models", "experiments", "paper");

    /// <summary>What kind of scanner and habit this is.</summary>
    public required string Reason { get; init; }

    /// <summary>Field, tesla.</summary>
    public required double MagneticFieldStrength { get; init; }

    /// <summary>See <see cref="PhantomProtocol.CoilBias"/>.</summary>
    public required ReasonedValue CoilBias { get; init; }

    /// <summary>The four sequences.</summary>
    public required IReadOnlyDictionary<string, SequenceAcquisition> Sequences { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="RadiomicsException"><c>ExperimentProtocolInvalid</c>.</exception>
    public static PaperProtocol Load(string path)
    {
        var json = File.ReadAllBytes(path);
        try
        {
            return JsonSerializer.Deserialize<PaperProtocol>(json, RadiomicsJson.Options) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new RadiomicsException("ExperimentProtocolInvalid", $"{Path.GetFileName(path)} can't be read at {JsonSentence.Of(e, json)}", e);
        }
    }

    /// <summary>The same as the phantom takes it.</summary>
    public PhantomProtocol ToPhantom(string center, string fieldStrength)
    {
        var first = Sequences.Values.First();
        return new()
        {
            Center = center,
            FieldStrength = fieldStrength,
            MagneticFieldStrength = MagneticFieldStrength,
            Manufacturer = "Phantom",
            ManufacturerModelName = "Simulated Dixon",
            SoftwareVersions = "phantom 1",
            ProtocolName = "experiment",
            OpposedPhaseEchoTime = first.OpposedPhaseEchoTime,
            InPhaseEchoTime = first.InPhaseEchoTime,
            RepetitionTime = first.RepetitionTime,
            FlipAngle = first.FlipAngle,
            Noise = first.Noise,
            CoilBias = CoilBias.Value,
            SignalScale = 10000,
            RescaleSlope = 1,
            HeaderStyle = PhantomHeaderStyle.PhaseInImageType,
            Sequences = Sequences,
        };
    }
}

/// <summary>A number, and why it is what it is.</summary>
/// <param name="Value">The number.</param>
/// <param name="Reason">The reason.</param>
internal sealed record ReasonedValue(double Value, string Reason);
