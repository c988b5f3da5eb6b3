using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>
/// A prediction as a FHIR R4 bundle: a RiskAssessment, based on Observations of the liver's volume and of the model's features, of a patient who is
/// known by pseudonym only.
/// </summary>
public static class FhirReport
{
    private const string Ucum = "http://unitsofmeasure.org";
    private const string Snomed = "http://snomed.info/sct";
    private const string PatientSystem = "urn:radiomics:patient";
    private const string OwnSystem = "urn:radiomics:code";
    private const decimal LargestDecimal = 1e27m;

    // Coding schemes of reports by the URIs that FHIR knows them under.
    private static readonly Dictionary<string, string> _systems = new(StringComparer.Ordinal)
    {
        ["IBSI"] = "urn:oid:1.2.840.10008.2.16.13",
        ["DCM"] = "http://dicom.nema.org/resources/ontology/DCM",
        ["SCT"] = Snomed,
        [CodedEntry.OwnScheme] = OwnSystem,
    };

    /// <summary>The bundle as JSON.</summary>
    public static BinaryData Render(Prediction prediction, StudyManifest manifest)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            new BaseFhirJsonSerializer(ModelInfo.ModelInspector).Serialize(Bundle(prediction, manifest), writer, null);
        }

        return new BinaryData(stream.ToArray());
    }

    private static Bundle Bundle(Prediction prediction, StudyManifest manifest)
    {
        var patient = new Patient();
        if (manifest.Patient is { } pseudonym)
        {
            patient.Identifier.Add(new Identifier(PatientSystem, pseudonym));
        }

        var bundle = new Bundle
        {
            Type = Hl7.Fhir.Model.Bundle.BundleType.Collection,
            Identifier = new Identifier("urn:radiomics:prediction", prediction.Id),
        };
        var subject = Add(bundle, prediction, "patient", patient);
        var device = Add(bundle, prediction, "device", Device(prediction));
        var study = new Subject(subject, device, Date(manifest.ShiftedStudyDate));
        List<ResourceReference> basis = [];
        foreach (var sequence in PredictionReports.Measured(prediction))
        {
            basis.Add(Add(bundle, prediction, $"volume {sequence.Name}", Volume(sequence, study)));
        }

        foreach (var feature in prediction.Explanation?.Contributions ?? [])
        {
            basis.Add(Add(bundle, prediction, $"feature {feature.Feature}", Feature(feature.Feature, feature.Value, study)));
        }

        if (prediction.Model is { } model)
        {
            Add(bundle, prediction, "risk", Risk(prediction, model, study, basis));
        }

        return bundle;
    }

    private static Device Device(Prediction prediction)
    {
        var (name, version) = PredictionReports.Algorithm(prediction);
        var device = new Device { Manufacturer = "Radiomics Functions", ModelNumber = prediction.EngineVersion };
        device.DeviceName.Add(new Device.DeviceNameComponent { Name = name, Type = DeviceNameType.ModelName });
        device.Version.Add(new Device.VersionComponent { Value = version });
        return device;
    }

    private static Observation Volume(PredictionSequence sequence, Subject study)
    {
        var observation = Observation(new CodeableConcept(Snomed, "118565006", "Volume", $"Volume of the liver region, {sequence.Name}"), study);
        observation.Value = new Quantity((decimal)sequence.RoiVolumeMl, "mL", Ucum);
        return observation;
    }

    private static Observation Feature(string tag, double? value, Subject study)
    {
        var ibsi = IbsiFeatures.Of(tag);
        var observation = Observation(Concept(ibsi.Concept, tag), study);
        observation.Method = ibsi.Aggregation is { } aggregation ? Concept(aggregation, aggregation.Meaning) : null;
        if (value is { } number && Math.Abs(number) < (double)LargestDecimal)
        {
            observation.Value = new Quantity((decimal)number, ibsi.Unit, Ucum);
        }
        else
        {
            observation.DataAbsentReason = new CodeableConcept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", "Error", "The feature is undefined for this region.");
        }

        return observation;
    }

    private static Observation Observation(CodeableConcept code, Subject study) => new()
    {
        Status = ObservationStatus.Final,
        Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", "imaging", "Imaging", null)],
        Code = code,
        Subject = study.Patient,
        Device = study.Device,
        Effective = study.Date is { } date ? new FhirDateTime(date) : null,
        BodySite = new CodeableConcept(Snomed, "10200004", "Liver", null),
    };

    private static RiskAssessment Risk(Prediction prediction, PredictionModel model, Subject study, List<ResourceReference> basis)
    {
        var positive = prediction.Decision == PredictionDecision.Positive;
        var threshold = prediction.Threshold!.Value.ToString("0.######", CultureInfo.InvariantCulture);
        return new RiskAssessment
        {
            Status = ObservationStatus.Final,
            Subject = study.Patient,
            Performer = study.Device,
            Occurrence = study.Date is { } date ? new FhirDateTime(date) : null,
            Method = new CodeableConcept(OwnSystem, model.Version, model.Name, model.Learner),
            Basis = basis,
            Prediction =
            [
                new RiskAssessment.PredictionComponent
                {
                    Outcome = new CodeableConcept { Text = model.Outcome },

                    // In per cent, as the resource's definition says of decimals.
                    Probability = new FhirDecimal(Math.Round(100 * (decimal)prediction.Probability!.Value, 10)),
                    QualitativeRisk = positive
                        ? new CodeableConcept(Snomed, "10828004", "Positive", null)
                        : new CodeableConcept(Snomed, "260385009", "Negative", null),
                    Rationale = $"Decision at the model's threshold of {threshold}: {(positive ? "positive" : "negative")}.",
                },
            ],
            Note = [.. prediction.Warnings.Prepend(prediction.Notice).Select(text => new Annotation { Text = text })],
        };
    }

    private static CodeableConcept Concept(CodedEntry concept, string text) => new(_systems[concept.Scheme], concept.Value, concept.Meaning, text);

    private static ResourceReference Add(Bundle bundle, Prediction prediction, string role, Resource resource)
    {
        var url = $"urn:uuid:{UuidOf(prediction.Id, role)}";
        bundle.Entry.Add(new Bundle.EntryComponent { FullUrl = url, Resource = resource });
        return new ResourceReference(url);
    }

    /// <summary>A UUID (RFC 9562, version 8) that only these words give.</summary>
    private static Guid UuidOf(string prediction, string role)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{prediction}\n{role}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string? Date(string? shifted) =>
        DateTime.TryParseExact(shifted, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    /// <summary>What every observation says of whom, by what and when.</summary>
    private sealed record Subject(ResourceReference Patient, ResourceReference Device, string? Date);
}
