using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads an upload: which series it holds, what they are, where the ROI lies, and whether all of it can be used.</summary>
public static class StudyReader
{
    /// <summary>Version of what ingest makes of a study; changes whenever a stored volume or ROI may.</summary>
    public const string IngestVersion = "0.2.0";

    /// <summary>
    /// Reads headers and ROI and checks them; pixel data follows with <see cref="IngestedStudy.Sequences"/>,
    /// while <paramref name="source"/> is open.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>ArchiveDamaged</c>, <c>ArchiveTooLarge</c>, <c>NoDicom</c>, <c>SeveralPatients</c>, <c>SeveralStudies</c>, <c>WrongModality</c>,
    /// <c>ArchiveEncrypted</c>, <c>UnsupportedCompression</c>, <c>ArchiveNested</c>, <c>DuplicateInstances</c>,
    /// <c>PixelDataTruncated</c>, <c>FieldStrengthUnknown</c>, <c>NoModelForFieldStrength</c>, <c>SequenceMissing</c>, <c>SliceMissing</c>,
    /// <c>GeometryUnusable</c>, <c>SequenceAmbiguous</c>, <c>SequenceIncomplete</c>, <c>BurnedInAnnotation</c>, <c>AttributeUnreadable</c>,
    /// <c>UnsupportedPixelFormat</c>, <c>StudyHasNoRoi</c>, <c>RoiAmbiguous</c>, <c>RoiUnreadable</c>, <c>RoiImplausible</c>,
    /// <c>FrameOfReferenceMismatch</c>, <c>RoiOutsideImage</c>, <c>QuantityUnknown</c>.
    /// </exception>
    public static IngestedStudy Read(IStudySource source, IngestRules rules, UidKey key, IngestRequest request) =>
        Read(source, rules, key, request, new SelectionLog(), []);

    /// <summary>
    /// Tells which series are taken under <paramref name="rules"/> and why the others aren't, also where the study would be refused. Reads no
    /// pixel data of images.
    /// </summary>
    /// <exception cref="RadiomicsException">The upload can't be read at all: <c>ArchiveDamaged</c>, <c>ArchiveTooLarge</c>, <c>NoDicom</c>.</exception>
    public static SelectionReport Inspect(IStudySource source, IngestRules rules, IngestRequest request)
    {
        var log = new SelectionLog();
        var warnings = new List<string>();
        try
        {
            Read(source, rules, new UidKey(new byte[32]), request, log, warnings);
            source.EnsureIntact();
            return log.Report(warnings);
        }
        catch (RadiomicsException e) when (e.Code is not ("ArchiveDamaged" or "ArchiveTooLarge" or "NoDicom"))
        {
            return log.Report(warnings, e);
        }
    }

    private static IngestedStudy Read(IStudySource source, IngestRules rules, UidKey key, IngestRequest request, SelectionLog log, List<string> warnings)
    {
        try
        {
            var objects = StudyIndex.Read(source, warnings, rules.Modality);
            try
            {
                return Read(source, objects, rules, key, request, log, warnings);
            }
            catch (RadiomicsException e) when (objects.Unopened.Count > 0 && e.Code is ("WrongModality" or "SequenceMissing" or "StudyHasNoRoi"))
            {
                throw UnopenedFile.Refusal(objects.Unopened, e);
            }
        }
        catch (RadiomicsException e) when (e.Code is not ("ArchiveDamaged" or "ArchiveTooLarge"))
        {
            // What is missing or wrong may be so since bytes were changed on their way, and that is what the sender should hear.
            source.EnsureIntact();
            throw;
        }
    }

    private static IngestedStudy Read(
        IStudySource source, StudyObjects objects, IngestRules rules, UidKey key, IngestRequest request, SelectionLog log, List<string> warnings)
    {
        var instances = objects.Instances;
        OnePatient.Ensure(instances, warnings);
        EnsureModality(instances, rules.Modality);
        var (images, leftOut) = ImageFilter.Part(instances, rules, warnings);
        log.SetAside(leftOut);
        OnePatient.EnsureOneStudy(images);
        var faults = new StudyFaults(instances);
        EnsureAny(images, leftOut, faults);

        var tesla = FieldStrengthOf(images, warnings) ?? FieldStrengthOf(leftOut.Select(image => image.Instance), warnings);
        var fieldStrength = FieldStrengthClass.NameOf(tesla, rules.FieldStrengths);
        (log.MagneticFieldStrength, log.FieldStrength) = (tesla, fieldStrength);
        var modelSequence = ModelSequence(fieldStrength, tesla, request.RequiredSequenceByFieldStrength, faults);
        log.RequiredSequence = modelSequence;
        IReadOnlyCollection<string> required = modelSequence is null
            ? request.RequiredSequences
            : [.. request.RequiredSequences, modelSequence];

        var reader = new EntryReader(source);
        var (roi, noRoi) = TryFindRoi(reader, instances, rules, warnings);
        var coverage = new RegionCoverage(roi);
        var stacks = StackSplitter.SplitAll(images);
        var completeness = new SequenceCompleteness(instances, objects.SetAside, leftOut, [.. stacks.SelectMany(series => series)]);
        var named = new SequenceSelection(rules, tesla, required, coverage.ShareInside, completeness.LacksImages, log, warnings).Select(stacks);
        BurnedInImages.Ensure(leftOut, named, required, tesla, rules);
        EnsureRequired(named, required, leftOut, faults);
        if (roi is null)
        {
            throw noRoi!;
        }

        if (completeness.Warning() is { } warning)
        {
            warnings.Add(warning);
        }

        request.Admit?.Invoke(LargestOf(named, source.Limits.MaxVoxels));
        var planner = new StudyPlanner(roi, coverage, completeness, faults, rules, source.Limits.MaxVoxels, required, log, warnings);
        var planned = planner.Plan(named);
        var series = planned[0].Stack.Series;
        var patient = key.PseudonymOf(request.Center, series.PatientId, series.IssuerOfPatientId, series.PatientName, series.PatientBirthDate);
        return new IngestedStudy(
            () => Whole(source, new SequenceReader(reader, key, roi.Source, planner, required, warnings).Read(planned)),
            () => log.Report(warnings))
        {
            StudyUid = key.Map(series.StudyUid),
            Patient = patient,
            Named = UploadedPatients.Of(objects, key, request.Center),
            ShiftedStudyDate = patient is null ? null : new ShiftedDates(key.DaysToShift(patient)).Shift(series.StudyDate ?? ""),
            Region = roi.Object is { } region ? Mapped(region, key) : null,
            FieldStrength = fieldStrength,
            MagneticFieldStrength = tesla,
            RequiredSequence = modelSequence,
            SequenceNames = [.. planned.Select(sequence => sequence.Name)],
            Warnings = warnings,
        };
    }

    /// <summary>
    /// The sequences; whoever has read all knows that every file is what was packed, those too of which only the headers were looked at and that were left out for what they say.
    /// </summary>
    private static IEnumerable<IngestedSequence> Whole(IStudySource source, IEnumerable<IngestedSequence> sequences)
    {
        foreach (var sequence in sequences)
        {
            yield return sequence;
        }

        source.EnsureIntact();
    }

    /// <summary>Voxels of the largest of the series that may be read; of those that are refused for being larger than allowed, as many as are.</summary>
    private static long LargestOf(IEnumerable<NamedStack> named, int most) => named
        .SelectMany(sequence => sequence.Next.Prepend(sequence))
        .Max(sequence => Math.Min((long)sequence.Stack.First.Rows * sequence.Stack.First.Columns * sequence.Stack.Slices.Count, most));

    private static SourceRegion Mapped(SourceRegion region, UidKey key) => region with
    {
        SeriesUid = key.Map(region.SeriesUid),
        Object = region.Object with { SopInstanceUid = key.Map(region.Object.SopInstanceUid) },
    };

    /// <summary>The region helps to choose among series, so it is looked for before they are named; that there is none is said after them.</summary>
    private static (RegionOfInterest? Roi, RadiomicsException? None) TryFindRoi(
        EntryReader reader,
        IReadOnlyList<InstanceHeader> instances,
        IngestRules rules,
        ICollection<string> warnings)
    {
        try
        {
            return (RoiFinder.Find(reader, instances, rules, warnings), null);
        }
        catch (RadiomicsException e)
        {
            return (null, e);
        }
    }

    private static void EnsureAny(IReadOnlyList<InstanceHeader> images, IReadOnlyList<LeftOutImage> leftOut, StudyFaults faults)
    {
        if (images.Count == 0 && leftOut.Count(image => image.Outcome == SelectionOutcome.BurnedIn) is > 0 and var burnedIn)
        {
            throw BurnedInImages.Refusal(burnedIn, "the study");
        }

        if (images.Count == 0)
        {
            throw faults.Instead()
                ?? new RadiomicsException("SequenceMissing", $"The study has no images that can be used. {string.Join(' ', LeftOutImage.Sentences(leftOut))} Send the series as acquired.");
        }
    }

    private static void EnsureModality(IReadOnlyList<InstanceHeader> instances, ImageModality modality)
    {
        if (!instances.Any(SopClasses.IsWanted))
        {
            var (what, name) = modality switch
            {
                ImageModality.Ct => ("computed tomography", "CT"),
                ImageModality.Pet => ("positron emission tomography with an object for each slice", "PET"),
                _ => ("magnetic resonance", "MR"),
            };
            throw instances.Any(SopClasses.IsImage)
                ? new RadiomicsException("WrongModality", $"The upload holds images, but none of {what}. Send the {name} study.")
                : new RadiomicsException("WrongModality", $"The upload holds DICOM objects, but no {name} images. Send the {name} series together with the region of interest.");
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

    private static string? ModelSequence(string? fieldStrength, double? tesla, IReadOnlyDictionary<string, string> models, StudyFaults faults)
    {
        if (models.Count == 0)
        {
            return null;
        }

        if (fieldStrength is null)
        {
            throw tesla is null && faults.Unreadable("MagneticFieldStrength") is { } unreadable ? unreadable : new RadiomicsException(
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

    private static void EnsureRequired(
        IReadOnlyList<NamedStack> named,
        IEnumerable<string> required,
        IReadOnlyList<LeftOutImage> leftOut,
        StudyFaults faults)
    {
        var reasons = string.Concat(LeftOutImage.Sentences(leftOut).Select(sentence => $" {sentence}"));
        var missing = required.Where(name => named.All(sequence => sequence.Name != name)).ToArray();
        if (missing.Length > 0)
        {
            var found = named.Count == 0 ? "none of the known sequences" : string.Join(", ", named.Select(sequence => sequence.Name));
            throw faults.Instead() ?? new RadiomicsException(
                "SequenceMissing",
                $"The study has no {string.Join(" and no ", missing)} series, which the model reads; it has {found}.{reasons} Send all series of the liver protocol.");
        }

        if (named.Count == 0)
        {
            throw faults.Instead()
                ?? new RadiomicsException("SequenceMissing", $"The study has no series that can be used: none that the center's profile knows.{reasons}");
        }
    }
}
