using System.Collections.Immutable;
using System.Globalization;

namespace Radiomics.Dicom.Phantom;

/// <summary>How one of the four Dixon series is labelled in a protocol's header style.</summary>
internal sealed record DixonSeries
{
    /// <summary>The four sequences.</summary>
    public static ImmutableArray<string> Names { get; } = ["T1_in", "T1_opp", "T1_W", "T1_F"];

    public required string Name { get; init; }

    public required int Number { get; init; }

    public required string[] ImageType { get; init; }

    public required string Description { get; init; }

    public required double EchoTime { get; init; }

    public required int EchoNumber { get; init; }

    public bool IsDerived => ImageType[0] == "DERIVED";

    /// <summary>The series of a study in the order of their numbers. Fat and water are calculated, so they are DERIVED and carry the in-phase echo time.</summary>
    public static IReadOnlyList<DixonSeries> Of(PhantomProtocol protocol) => protocol.HeaderStyle switch
    {
        PhantomHeaderStyle.PhaseInImageType =>
        [
            Opposed(protocol, ["ORIGINAL", "PRIMARY", "DIXON", "OPP_PHASE"], $"{protocol.ProtocolName}_opp"),
            In(protocol, ["ORIGINAL", "PRIMARY", "DIXON", "IN_PHASE"], $"{protocol.ProtocolName}_in"),
            Fat(protocol, $"{protocol.ProtocolName}_F"),
            Water(protocol, $"{protocol.ProtocolName}_W"),
        ],
        _ =>
        [
            Opposed(protocol, ["ORIGINAL", "PRIMARY", "OTHER"], $"OutPhase: {protocol.ProtocolName}"),
            In(protocol, ["ORIGINAL", "PRIMARY", "OTHER"], $"InPhase: {protocol.ProtocolName}"),
            Fat(protocol, $"FAT: {protocol.ProtocolName}"),
            Water(protocol, $"WATER: {protocol.ProtocolName}"),
        ],
    };

    /// <summary>A DICOM decimal string of at most 16 characters.</summary>
    public static string Decimal(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static DixonSeries Opposed(PhantomProtocol protocol, string[] imageType, string description) => new()
    {
        Name = "T1_opp",
        Number = 2,
        ImageType = imageType,
        Description = description,
        EchoTime = protocol.OpposedPhaseEchoTime,
        EchoNumber = 1,
    };

    private static DixonSeries In(PhantomProtocol protocol, string[] imageType, string description) => new()
    {
        Name = "T1_in",
        Number = 3,
        ImageType = imageType,
        Description = description,
        EchoTime = protocol.InPhaseEchoTime,
        EchoNumber = 2,
    };

    private static DixonSeries Fat(PhantomProtocol protocol, string description) => new()
    {
        Name = "T1_F",
        Number = 4,
        ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"],
        Description = description,
        EchoTime = protocol.InPhaseEchoTime,
        EchoNumber = 2,
    };

    private static DixonSeries Water(PhantomProtocol protocol, string description) => new()
    {
        Name = "T1_W",
        Number = 5,
        ImageType = ["DERIVED", "PRIMARY", "DIXON", "WATER"],
        Description = description,
        EchoTime = protocol.InPhaseEchoTime,
        EchoNumber = 2,
    };
}
