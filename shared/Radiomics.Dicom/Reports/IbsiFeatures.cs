using System.Collections.Frozen;

namespace Radiomics.Dicom;

/// <summary>What the image biomarker standardisation initiative calls a feature (arXiv 1612.07003), by the tag it has here.</summary>
public static class IbsiFeatures
{
    private const string Scheme = "IBSI";

    // The longest first, since each ends with one of those after it.
    private static readonly (string Suffix, CodedEntry Method)[] _aggregations =
    [
        ("_2_5D_comb", new("ZW7Z", Scheme, "2.5D: merged over all slices")),
        ("_2_5D_avg", new("JJUI", Scheme, "2.5D: merged per direction and averaged")),
        ("_3D_comb", new("IAZD", Scheme, "3D: merged 3D directions")),
        ("_2D_comb", new("SUJT", Scheme, "2D: merged directions per slice and averaged")),
        ("_3D_avg", new("ITBB", Scheme, "3D: averaged over 3D directions")),
        ("_2D_avg", new("BTW3", Scheme, "2D: averaged over slices and directions")),
        ("_2_5D", new("62GR", Scheme, "2.5D: merged over all slices")),
        ("_3D", new("KOBO", Scheme, "3D: calculated from single 3D matrix")),
        ("_2D", new("8QNN", Scheme, "2D: averaged over slices")),
    ];

    private static readonly Lazy<FrozenDictionary<string, IbsiFeature>> _features = new(Read);

    /// <summary>
    /// The feature of a tag, e.g. <c>cm_joint_max_3D_comb</c> → <c>GYBY</c> aggregated as <c>IAZD</c>. One that IBSI has no code for, such as one of
    /// a filtered image, is named by its tag in <see cref="CodedEntry.OwnScheme"/>.
    /// </summary>
    public static IbsiFeature Of(string tag)
    {
        if (_features.Value.TryGetValue(tag, out var plain))
        {
            return plain;
        }

        var (suffix, method) = Array.Find(_aggregations, a => tag.EndsWith(a.Suffix, StringComparison.Ordinal));
        return suffix is not null && _features.Value.TryGetValue(tag[..^suffix.Length], out var feature)
            ? feature with { Aggregation = method }
            : new IbsiFeature(new CodedEntry(tag, CodedEntry.OwnScheme, tag.Length <= 64 ? tag : tag[..64]), "1");
    }

    private static FrozenDictionary<string, IbsiFeature> Read() => EmbeddedText.Rows("Reports.ibsi-features.csv").ToFrozenDictionary(
        fields => fields[0],
        fields => new IbsiFeature(new CodedEntry(fields[1], Scheme, fields[3]), fields[2]),
        StringComparer.Ordinal);
}

/// <summary>A feature as reports name it.</summary>
/// <param name="Concept">The feature.</param>
/// <param name="Unit">Its unit by UCUM; <c>1</c> for ratios and for MR intensities, which have none.</param>
/// <param name="Aggregation">How values of slices and directions were brought together; null where there is nothing to bring together.</param>
public sealed record IbsiFeature(CodedEntry Concept, string Unit, CodedEntry? Aggregation = null);
