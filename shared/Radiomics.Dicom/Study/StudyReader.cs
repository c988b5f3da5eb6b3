using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads an upload: which series it holds, what they are, where the ROI lies, and whether all of it can be used.</summary>
public static class StudyReader
{
    /// <summary>Version of what ingest makes of a study; changes whenever a stored volume or ROI may.</summary>
    public const string IngestVersion = "0.1.0";

    /// <summary>
    /// Reads headers and ROI and checks them; pixel data follows with <see cref="IngestedStudy.Sequences"/>,
    /// while <paramref name="source"/> is open.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>NotAZip</c>, <c>ArchiveTooLarge</c>, <c>NoDicom</c>, <c>SeveralPatients</c>, <c>SeveralStudies</c>, <c>WrongModality</c>,
    /// <c>DuplicateInstances</c>,
    /// <c>PixelDataTruncated</c>, <c>FieldStrengthUnknown</c>, <c>NoModelForFieldStrength</c>, <c>SequenceMissing</c>, <c>SliceMissing</c>,
    /// <c>GeometryUnusable</c>, <c>StudyHasNoRoi</c>, <c>RoiUnreadable</c>, <c>FrameOfReferenceMismatch</c>, <c>RoiOutsideImage</c>.
    /// </exception>
    public static IngestedStudy Read(IStudySource source, IngestRules rules, UidKey key, IngestRequest request)
    {
        var warnings = new List<string>();
        var instances = StudyIndex.Read(source, warnings);
        OnePatient.Ensure(instances);
        EnsureMr(instances);
        var images = ImageFilter.Keep(instances, warnings);
        OnePatient.EnsureOneStudy(images);

        var tesla = FieldStrengthOf(images, warnings);
        var fieldStrength = FieldStrengthClass.NameOf(tesla, rules.FieldStrengths);
        var modelSequence = ModelSequence(fieldStrength, tesla, request.RequiredSequenceByFieldStrength);
        IReadOnlyCollection<string> required = modelSequence is null
            ? request.RequiredSequences
            : [.. request.RequiredSequences, modelSequence];

        var series = images.GroupBy(image => image.SeriesUid).Select(group => group.ToArray());
        var named = SequenceSelection.Select([.. series.SelectMany(StackSplitter.Split)], tesla, rules, warnings);
        EnsureRequired(named, required);

        var reader = new EntryReader(source);
        var roi = RoiFinder.Find(reader, instances, rules.RoiNames, warnings);
        var planned = new StudyPlanner(roi, required, warnings).Plan(named);
        var patient = Pseudonym(planned[0].Stack.Series, request.Center, key);
        return new IngestedStudy(() => new SequenceReader(reader, key, roi.Source, required, warnings).Read(planned))
        {
            StudyUid = key.Map(planned[0].Stack.Series.StudyUid),
            Patient = patient,
            ShiftedStudyDate = patient is null ? null : new ShiftedDates(key.DaysToShift(patient)).Shift(planned[0].Stack.Series.StudyDate ?? ""),
            Region = roi.Object is { } region ? Mapped(region, key) : null,
            FieldStrength = fieldStrength,
            MagneticFieldStrength = tesla,
            RequiredSequence = modelSequence,
            SequenceNames = [.. planned.Select(sequence => sequence.Name)],
            Warnings = warnings,
        };
    }

    private static string? Pseudonym(InstanceHeader header, string center, UidKey key) => string.IsNullOrWhiteSpace(header.PatientId)
        ? key.MapPatientWithoutId(center, header.PatientName, header.PatientBirthDate)
        : key.MapPatient(center, header.PatientId, header.IssuerOfPatientId);

    private static SourceRegion Mapped(SourceRegion region, UidKey key) => region with
    {
        SeriesUid = key.Map(region.SeriesUid),
        Object = region.Object with { SopInstanceUid = key.Map(region.Object.SopInstanceUid) },
    };

    private static void EnsureMr(IReadOnlyList<InstanceHeader> instances)
    {
        if (!instances.Any(SopClasses.IsMr))
        {
            throw instances.Any(SopClasses.IsImage)
                ? new RadiomicsException("WrongModality", "The upload holds images, but none of magnetic resonance. Send the MR study.")
                : new RadiomicsException("WrongModality", "The upload holds DICOM objects, but no MR images. Send the MR series together with the region of interest.");
        }
    }

    private static double? FieldStrengthOf(IEnumerable<InstanceHeader> images, ICollection<string> warnings)
    {
        var values = images
            .Select(image => FieldStrengthClass.ToTesla(image.MagneticFieldStrength))
            .OfType<double>()
            .GroupBy(tesla => Math.Round(tesla, 2))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .ToArray();
        if (values.Length > 1)
        {
            warnings.Add("The headers give several values of MagneticFieldStrength; the most frequent was taken.");
        }

        return values.FirstOrDefault()?.First();
    }

    private static string? ModelSequence(string? fieldStrength, double? tesla, IReadOnlyDictionary<string, string> models)
    {
        if (models.Count == 0)
        {
            return null;
        }

        if (fieldStrength is null)
        {
            throw new RadiomicsException(
                "FieldStrengthUnknown",
                tesla is { } value
                    ? $"The study was made at {value:0.##} T, which is none of the field strengths in the center's profile."
                    : "The study's headers have no MagneticFieldStrength, so no model can be chosen. Export the study with its acquisition attributes.");
        }

        return models.TryGetValue(fieldStrength, out var sequence)
            ? sequence
            : throw new RadiomicsException(
                "NoModelForFieldStrength",
                $"The center has no model for {fieldStrength}; it has models for {string.Join(", ", models.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static void EnsureRequired(IReadOnlyList<NamedStack> named, IEnumerable<string> required)
    {
        var missing = required.Where(name => named.All(sequence => sequence.Name != name)).ToArray();
        if (missing.Length > 0)
        {
            var found = named.Count == 0 ? "none of the known sequences" : string.Join(", ", named.Select(sequence => sequence.Name));
            throw new RadiomicsException(
                "SequenceMissing",
                $"The study has no {string.Join(" and no ", missing)} series, which the model reads; it has {found}. Send all series of the liver protocol.");
        }

        if (named.Count == 0)
        {
            throw new RadiomicsException("SequenceMissing", "The study has no series that can be used: only localizers, secondary images, or series that the center's profile doesn't know.");
        }
    }
}
