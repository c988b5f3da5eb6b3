using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>An upload is about one study of one patient.</summary>
internal static class OnePatient
{
    /// <summary>Compares the patients of all objects. A value that an object leaves empty contradicts nothing.</summary>
    /// <exception cref="RadiomicsException"><c>SeveralPatients</c>.</exception>
    public static void Ensure(IReadOnlyList<InstanceHeader> instances)
    {
        var ids = Distinct(instances.Select(instance => instance.PatientId));
        var births = Distinct(instances.Select(instance => instance.PatientBirthDate));
        var names = Distinct(instances.Where(instance => instance.PatientId is null).Select(instance => Folded(instance.PatientName)));
        if (ids > 1 || births > 1 || names > 1)
        {
            throw new RadiomicsException(
                "SeveralPatients",
                "The upload holds images of more than one patient (PatientID, or PatientName and PatientBirthDate, differ). Send one study of one patient per upload.");
        }
    }

    /// <summary>Compares the studies of the images.</summary>
    /// <exception cref="RadiomicsException"><c>SeveralStudies</c>.</exception>
    public static void EnsureOneStudy(IEnumerable<InstanceHeader> images)
    {
        if (Distinct(images.Select(image => image.StudyUid)) > 1)
        {
            throw new RadiomicsException("SeveralStudies", "The upload holds several MR studies of one patient. Send one study per upload.");
        }
    }

    private static int Distinct(IEnumerable<string?> values) =>
        values.Where(value => value is not null).Distinct(StringComparer.Ordinal).Count();

    private static string? Folded(string? name) => name?.TrimEnd('^', ' ').ToUpperInvariant();
}
