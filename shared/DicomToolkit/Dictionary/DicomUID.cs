using System.Collections.Concurrent;

namespace FellowOakDicom;

public enum DicomUidType
{
    TransferSyntax,
    SOPClass,
    MetaSOPClass,
    ServiceClass,
    SOPInstance,
    ApplicationContextName,
    ApplicationHostingModel,
    CodingScheme,
    FrameOfReference,
    LDAP,
    MappingResource,
    ContextGroupName,
    Unknown,
}

public enum DicomStorageCategory
{
    None,
    Image,
    PresentationState,
    StructuredReport,
    Waveform,
    Document,
    Raw,
    Other,
    Private,
    Volume,
}

/// <summary>A unique identifier (PS3.5 section 9), equal by its text; the registered ones carry name and type.</summary>
public sealed partial class DicomUID : DicomParseable
{
    public static readonly DicomUID GEPrivateImplicitVRBigEndian =
        Known("1.2.840.113619.5.2", "GE Private Implicit VR Big Endian", DicomUidType.TransferSyntax);

    // Created by whichever initialiser comes first: the order of static fields across the parts of a class isn't defined.
    private static ConcurrentDictionary<string, DicomUID>? s_known;

    public DicomUID(string uid, string name, DicomUidType type, bool retired = false)
    {
        UID = uid;
        Name = name;
        Type = type;
        IsRetired = retired;
    }

    public static string RootUID { get; set; } = "1.2.826.0.1.3680043.2.1343.1";

    public string UID { get; private set; }

    public string Name { get; private set; }

    public DicomUidType Type { get; private set; }

    public bool IsRetired { get; private set; }

    public bool IsImageStorage => StorageCategory == DicomStorageCategory.Image;

    public bool IsVolumeStorage => StorageCategory == DicomStorageCategory.Volume;

    /// <summary>What instances of this SOP class hold; <see cref="DicomStorageCategory.None"/> if it stores nothing.</summary>
    public DicomStorageCategory StorageCategory => DicomStorageCategories.Of(this);

    private static ConcurrentDictionary<string, DicomUID> Registry => s_known ??= new(StringComparer.Ordinal);

    public static bool operator ==(DicomUID? a, DicomUID? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomUID? a, DicomUID? b) => !(a == b);

    /// <exception cref="ArgumentException">The UID is registered already.</exception>
    public static void Register(DicomUID uid)
    {
        if (!Registry.TryAdd(uid.UID, uid))
            throw new ArgumentException("The key already existed in the dictionary.", nameof(uid));
    }

    /// <summary>A new UID under 2.25 (PS3.5 section B.2).</summary>
    public static DicomUID Generate() => DicomUIDGenerator.GenerateDerivedFromUUID();

    public static DicomUID Append(DicomUID baseUid, long nextSeq) => new($"{baseUid.UID}.{nextSeq}", "SOP Instance UID", DicomUidType.SOPInstance);

    public static bool IsValidUid(string uid)
    {
        try
        {
            DicomValidation.ValidateUI(uid);
            return true;
        }
        catch (Exception e) when (e is DicomValidationException or NullReferenceException)
        {
            return false;
        }
    }

    public static DicomUID Parse(string s) => Parse(s, "Unknown", DicomUidType.Unknown);

    /// <summary>The registered UID with this text, or a new one with the name and type given; padding is cut off.</summary>
    public static DicomUID Parse(string s, string name = "Unknown", DicomUidType type = DicomUidType.Unknown)
    {
        var uid = s.TrimEnd(' ', '\0');
        return Registry.TryGetValue(uid, out var known) ? known : new DicomUID(uid, name, type);
    }

    public static IEnumerable<DicomUID> Enumerate() => Registry.Values;

    public override bool Equals(object? obj) => obj is DicomUID other && other.UID == UID;

    public override int GetHashCode() => UID.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Name} [{UID}]";

    private static DicomUID Known(string uid, string name, DicomUidType type, bool retired = false) =>
        Registry.GetOrAdd(uid, new DicomUID(uid, name, type, retired));
}
