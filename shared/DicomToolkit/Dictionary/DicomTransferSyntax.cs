using System.Collections.Concurrent;
using FellowOakDicom.IO;

namespace FellowOakDicom;

/// <summary>How a dataset is encoded: VR headers, byte order, compression (PS3.5 section 10).</summary>
public partial class DicomTransferSyntax : DicomParseable
{
    private static ConcurrentDictionary<DicomUID, DicomTransferSyntax>? s_entries;

    private DicomTransferSyntax(DicomUID uid)
    {
        UID = uid;
        Entries.TryAdd(uid, this);
    }

    private DicomTransferSyntax(DicomUID uid, bool isRetired)
    {
        UID = uid;
        IsRetired = isRetired;
    }

    public static IEnumerable<DicomTransferSyntax> KnownEntries => Entries.Values;

    public DicomUID UID { get; }

    public bool IsRetired { get; private init; }

    public bool IsExplicitVR { get; private init; }

    /// <summary>True if pixel data is a sequence of fragments (PS3.5 annex A.4).</summary>
    public bool IsEncapsulated { get; private init; }

    public bool IsLossy => LossyCompressionMethod is not null;

    /// <summary>The value for LossyImageCompressionMethod; null if lossless.</summary>
    public string? LossyCompressionMethod { get; private init; }

    public bool IsDeflate { get; private init; }

    public Endian Endian { get; private init; }

    /// <summary>True for the GE private syntax, whose pixel data alone is big endian.</summary>
    public bool SwapPixelData { get; private init; }

    private static ConcurrentDictionary<DicomUID, DicomTransferSyntax> Entries => s_entries ??= new();

    public static bool operator ==(DicomTransferSyntax? a, DicomTransferSyntax? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomTransferSyntax? a, DicomTransferSyntax? b) => !(a == b);

    /// <exception cref="DicomDataException">The UID is registered as something else.</exception>
    public static DicomTransferSyntax Parse(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        return Lookup(DicomUID.Parse(uid, type: DicomUidType.TransferSyntax));
    }

    /// <summary>The syntax of a UID; for an unknown transfer syntax UID an encapsulated explicit little endian one.</summary>
    /// <exception cref="DicomDataException">The UID isn't one of a transfer syntax.</exception>
    public static DicomTransferSyntax Lookup(DicomUID uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        if (Entries.TryGetValue(uid, out var known))
            return known;
        return uid.Type == DicomUidType.TransferSyntax
            ? new DicomTransferSyntax(uid, uid.IsRetired) { IsExplicitVR = true, IsEncapsulated = true }
            : throw new DicomDataException($"UID: {uid} is not a transfer syntax type.");
    }

    /// <summary>The known syntax of a UID; null if there is none.</summary>
    public static DicomTransferSyntax? Query(DicomUID uid) => Entries.GetValueOrDefault(uid);

    public override string ToString() => UID.Name;

    public override bool Equals(object? obj) => obj is DicomTransferSyntax other && other.UID == UID;

    public override int GetHashCode() => UID.GetHashCode();

    private static DicomTransferSyntax Encapsulated(DicomUID uid, string? lossy = null, bool retired = false) =>
        new(uid) { IsExplicitVR = true, IsEncapsulated = true, LossyCompressionMethod = lossy, IsRetired = retired };
}
