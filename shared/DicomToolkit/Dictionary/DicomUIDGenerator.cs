using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;

namespace FellowOakDicom;

/// <summary>Makes new UIDs, the same one again for the same source.</summary>
public class DicomUIDGenerator
{
    private readonly ConcurrentDictionary<string, DicomUID> _bySource = new(StringComparer.Ordinal);

    /// <summary>A random UUID as a decimal number under 2.25 (PS3.5 section B.2).</summary>
    public static DicomUID GenerateDerivedFromUUID()
    {
        Span<byte> octets = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(octets, bigEndian: true, out _);
        var number = new BigInteger(octets, isUnsigned: true, isBigEndian: true);
        return new DicomUID("2.25." + number.ToString(CultureInfo.InvariantCulture), "Local UID", DicomUidType.Unknown);
    }

    public DicomUID Generate(DicomUID sourceUid)
    {
        ArgumentNullException.ThrowIfNull(sourceUid);
        return _bySource.GetOrAdd(sourceUid.UID, _ => GenerateDerivedFromUUID());
    }

    /// <summary>Replaces every UID that names an instance, not those of the registry, in the dataset and its sequences.</summary>
    public void RegenerateAll(DicomDataset dataset)
    {
        foreach (var item in dataset.ToArray())
        {
            if (item is DicomSequence sequence)
            {
                foreach (var nested in sequence)
                    RegenerateAll(nested);
            }
            else if (item.ValueRepresentation == DicomVR.UI)
            {
                var uid = dataset.GetSingleValue<DicomUID>(item.Tag);
                if (uid.Type is DicomUidType.SOPInstance or DicomUidType.Unknown)
                    dataset.AddOrUpdate(item.Tag, Generate(uid));
            }
        }
    }
}
