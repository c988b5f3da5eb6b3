using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>An upload is about one study of one patient.</summary>
internal static class OnePatient
{
    /// <summary>
    /// Compares the patients of all objects. A value that an object leaves empty contradicts nothing; nor does one that differs in case, blanks or the
    /// form of a date (<c>1980.01.01</c> of DICOM's predecessor), which is said in <paramref name="warnings"/>.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>SeveralPatients</c>.</exception>
    public static void Ensure(IReadOnlyList<InstanceHeader> instances, ICollection<string> warnings)
    {
        (string? Written, string? Meant)[][] values =
        [
            [.. instances.Select(instance => (instance.PatientId, Folded(instance.PatientId)))],
            [.. instances.Select(instance => (instance.PatientBirthDate, Date(instance.PatientBirthDate)))],
            [.. instances.Where(instance => instance.PatientId is null).Select(instance => (instance.PatientName, Folded(instance.PatientName)))],
        ];
        if (values.Any(list => Distinct(list.Select(value => value.Meant)) > 1))
        {
            throw new RadiomicsException(
                "SeveralPatients",
                "The upload holds images of more than one patient (PatientID, or PatientName and PatientBirthDate, differ). Send one study of one patient per upload.");
        }

        if (values.Take(2).Any(list => Distinct(list.Select(value => value.Written)) > 1))
        {
            warnings.Add("The objects write PatientID or PatientBirthDate in different forms; they were taken for one patient's.");
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
        values.Where(value => !string.IsNullOrEmpty(value)).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Without blanks, in capitals; a name without the empty components at its end.</summary>
    public static string? Folded(string? text) =>
        text is null ? null : string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter != '\0')).TrimEnd('^').ToUpperInvariant();

    /// <summary>A date without what may stand between its numbers.</summary>
    public static string? Date(string? text) =>
        text is null ? null : string.Concat(text.Where(letter => letter is not ('.' or '-' or '/' or ':' or ' ' or '\0')));
}
