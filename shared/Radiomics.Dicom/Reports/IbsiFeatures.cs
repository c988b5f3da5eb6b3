using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>What the image biomarker standardisation initiative calls a feature (arXiv 1612.07003), by the tag it has here.</summary>
public static class IbsiFeatures
{
    private const string Scheme = "IBSI";

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

    /// <summary>
    /// The feature of a tag, e.g. <c>cm_joint_max_3D_comb</c> → <c>GYBY</c> aggregated as <c>IAZD</c>. One that IBSI has no code for, such as one of
    /// a filtered image, is named by its tag in <see cref="CodedEntry.OwnScheme"/>.
    /// </summary>
    public static IbsiFeature Of(string tag)
    {
        if (FeatureCatalogue.Find(tag, out var ending) is not { } feature)
        {
            return new(new CodedEntry(tag, CodedEntry.OwnScheme, tag.Length <= 64 ? tag : tag[..64]), "1");
        }

        var concept = feature.Code is { } code ? new CodedEntry(code, Scheme, feature.Name) : new CodedEntry(feature.Tag, CodedEntry.OwnScheme, feature.Name);
        return new(concept, feature.Unit.Ucum, ending is null ? null : Array.Find(_aggregations, a => a.Suffix == ending).Method);
    }
}

/// <summary>A feature as reports name it.</summary>
/// <param name="Concept">The feature.</param>
/// <param name="Unit">Its unit by UCUM; <c>1</c> for ratios and for MR intensities, which have none.</param>
/// <param name="Aggregation">How values of slices and directions were brought together; null where there is nothing to bring together.</param>
public sealed record IbsiFeature(CodedEntry Concept, string Unit, CodedEntry? Aggregation = null);
