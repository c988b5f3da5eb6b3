using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// Writes a measurement report as a Comprehensive 3D SR (PS3.3 A.35.13) by TID 1500 (PS3.16). It holds no clock: the same report of the same study
/// gives the same bytes and the same SOPInstanceUID, so that one sent again is the one that is there.
/// </summary>
public static class StructuredReport
{
    /// <summary>Manufacturer and model of whatever this product writes.</summary>
    internal const string Product = "Radiomics Functions";

    // Type 1, and some studies have no date.
    private const string NoDate = "19000101";
    private const string NoTime = "000000";

    /// <summary>The report, in the name of <paramref name="source"/>.</summary>
    /// <param name="report">What it says.</param>
    /// <param name="source">Of whom: pseudonymised, or original for the DICOM service that the study came from.</param>
    /// <param name="content">When the content was made (ContentDate and ContentTime); the study's date if null.</param>
    public static DicomFile Create(MeasurementReport report, SourceStudy source, DateTime? content = null)
    {
        // The original's values go back as they came, also where they break a rule.
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated();
        AddPatientAndStudy(dataset, source);
        AddDocument(dataset, report, source, content);
        AddEvidence(dataset, report, source);
        dataset.Add(DicomTag.ValueType, "CONTAINER");
        dataset.Add(Concepts.MeasurementReport.ToSequence(DicomTag.ConceptNameCodeSequence));
        dataset.Add(ContentItem.ContainerItems("1500", Content(report, source)));
        return new DicomFile(dataset);
    }

    /// <summary>A UID that only these words give: <c>2.25.</c> and 128 bits of their SHA-256 (PS3.5 B.2).</summary>
    internal static string UidOf(params string[] words)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words)));
        return $"2.25.{new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)}";
    }

    private static void AddPatientAndStudy(DicomDataset dataset, SourceStudy source)
    {
        dataset.Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        dataset.Add(DicomTag.PatientName, source.PatientName);
        dataset.Add(DicomTag.PatientID, source.PatientId);
        AddIfThere(dataset, DicomTag.IssuerOfPatientID, source.IssuerOfPatientId);
        dataset.Add(DicomTag.PatientBirthDate, source.PatientBirthDate);
        dataset.Add(DicomTag.PatientSex, source.PatientSex);
        dataset.Add(DicomTag.StudyInstanceUID, source.StudyUid);
        dataset.Add(DicomTag.StudyDate, source.StudyDate);
        dataset.Add(DicomTag.StudyTime, source.StudyTime);
        dataset.Add(DicomTag.StudyID, source.StudyId);
        dataset.Add(DicomTag.AccessionNumber, source.AccessionNumber);
        dataset.Add(DicomTag.ReferringPhysicianName, source.ReferringPhysicianName);
        AddIfThere(dataset, DicomTag.StudyDescription, source.StudyDescription);
        if (source.IsPseudonymised)
        {
            DeidentificationMethod.AddTo(dataset);
        }
    }

    private static void AddDocument(DicomDataset dataset, MeasurementReport report, SourceStudy source, DateTime? content)
    {
        dataset.Add(DicomTag.SOPClassUID, DicomUID.Comprehensive3DSRStorage);
        dataset.Add(DicomTag.SOPInstanceUID, UidOf("structured report", report.Id, source.StudyUid));
        dataset.Add(DicomTag.Modality, "SR");
        dataset.Add(DicomTag.SeriesInstanceUID, UidOf("structured report series", report.Id, source.StudyUid));
        dataset.Add(DicomTag.SeriesNumber, "9001");
        dataset.Add(DicomTag.SeriesDescription, "Liver radiomics");
        dataset.Add(new DicomSequence(DicomTag.ReferencedPerformedProcedureStepSequence));
        dataset.Add(DicomTag.Manufacturer, Product);
        dataset.Add(DicomTag.ManufacturerModelName, Product);
        dataset.Add(DicomTag.DeviceSerialNumber, "0");
        dataset.Add(DicomTag.SoftwareVersions, report.SoftwareVersion);
        dataset.Add(DicomTag.InstanceNumber, "1");
        dataset.Add(DicomTag.ContentDate, content?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? DateOf(source));
        dataset.Add(DicomTag.ContentTime, content?.ToString("HHmmss", CultureInfo.InvariantCulture) ?? NoTime);
        dataset.Add(DicomTag.CompletionFlag, "COMPLETE");
        dataset.Add(DicomTag.VerificationFlag, "UNVERIFIED");
        dataset.Add(new DicomSequence(DicomTag.PerformedProcedureCodeSequence));
        dataset.Add(new DicomSequence(DicomTag.CodingSchemeIdentificationSequence, new DicomDataset
        {
            { DicomTag.CodingSchemeDesignator, CodedEntry.OwnScheme },
            { DicomTag.CodingSchemeName, Product },
            { DicomTag.CodingSchemeResponsibleOrganization, Product },
        }));
    }

    /// <summary>Every object that the content refers to, once (PS3.3 C.17.2.3).</summary>
    private static void AddEvidence(DicomDataset dataset, MeasurementReport report, SourceStudy source)
    {
        var measured = report.Measurements.Select(group => group.Sequence).ToHashSet(StringComparer.Ordinal);
        var references = source.Series
            .Where(series => measured.Contains(series.Sequence))
            .SelectMany(series => series.Images.Select(image => (series.SeriesUid, Instance: image)));
        if (source.Region is { } region)
        {
            references = references.Append((region.SeriesUid, region.Object));
        }

        var series = references.Distinct().GroupBy(reference => reference.SeriesUid, reference => reference.Instance).ToArray();
        if (series.Length > 0)
        {
            dataset.Add(new DicomSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence, ContentItem.Unchecked(
                new DicomUniqueIdentifier(DicomTag.StudyInstanceUID, source.StudyUid),
                new DicomSequence(DicomTag.ReferencedSeriesSequence, [.. series.Select(one => ContentItem.Unchecked(
                    new DicomUniqueIdentifier(DicomTag.SeriesInstanceUID, one.Key),
                    new DicomSequence(DicomTag.ReferencedSOPSequence, [.. one.Select(ContentItem.Reference)])))]))));
        }
    }

    private static IEnumerable<DicomDataset> Content(MeasurementReport report, SourceStudy source)
    {
        yield return ContentItem.Code(ContentItem.HasConceptModifier, Concepts.Language, Concepts.English);
        yield return ContentItem.Code(ContentItem.HasObservationContext, Concepts.ObserverType, Concepts.Device);
        yield return ContentItem.Uid(ContentItem.HasObservationContext, Concepts.DeviceObserverUid, UidOf("device", Product, report.SoftwareVersion));
        yield return ContentItem.Text(ContentItem.HasObservationContext, Concepts.DeviceObserverName, report.Algorithm);
        yield return ContentItem.Text(ContentItem.HasObservationContext, Concepts.DeviceObserverManufacturer, Product);
        yield return ContentItem.Text(ContentItem.HasObservationContext, Concepts.DeviceObserverModelName, $"{Product} {report.SoftwareVersion}");
        yield return ContentItem.Code(ContentItem.HasConceptModifier, Concepts.ProcedureReported, Concepts.MagneticResonanceImaging);
        yield return ContentItem.Container(
            ContentItem.Contains,
            Concepts.ImagingMeasurements,
            template: null,
            report.Measurements.Select(group => MeasurementGroup.Create(report, group, source)));
    }

    private static string DateOf(SourceStudy source) =>
        DateTime.TryParseExact(source.StudyDate, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? source.StudyDate : NoDate;

    private static void AddIfThere(DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length > 0)
        {
            dataset.Add(tag, value);
        }
    }
}
