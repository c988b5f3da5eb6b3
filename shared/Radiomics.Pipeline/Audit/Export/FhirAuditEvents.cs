using System.Globalization;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using FhirEvent = Hl7.Fhir.Model.AuditEvent;

namespace Radiomics.Pipeline;

/// <summary>A center's trail as FHIR R4 resources of the kind AuditEvent. What the event was stands in <c>subtype</c>, in this product's own words; type, action and outcome in the standard's.</summary>
public static class FhirAuditEvents
{
    private const string Dcm = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Lifecycle = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    private const string Own = "urn:radiomics:audit-action";

    private static readonly Coding _application = new(Dcm, "110100", "Application Activity");
    private static readonly Coding _alert = new(Dcm, "110113", "Security Alert");
    private static readonly Coding _originate = new(Lifecycle, "originate", "Originate/Retain Record Lifecycle Event");
    private static readonly Coding _authentication = new(Dcm, "110114", "User Authentication");
    private static readonly Coding _access = new(Lifecycle, "access", "Access/View Record Lifecycle Event");
    private static readonly Coding _destroy = new(Lifecycle, "destroy", "Destroy/Delete Record Lifecycle Event");

    private static readonly Dictionary<string, (Coding Type, FhirEvent.AuditEventAction Action, Coding? Sub)> _kinds = new(StringComparer.Ordinal)
    {
        ["upload-received"] = (new(Lifecycle, "receive", "Receive/Retain Record Lifecycle Event"), FhirEvent.AuditEventAction.C, null),
        ["study-ingested"] = (new(Lifecycle, "transform", "Transform/Translate Record Lifecycle Event"), FhirEvent.AuditEventAction.C, null),
        ["cohort-stored"] = (new(Lifecycle, "receive", "Receive/Retain Record Lifecycle Event"), FhirEvent.AuditEventAction.C, null),
        ["prediction-published"] = (_originate, FhirEvent.AuditEventAction.C, null),
        ["retraining-published"] = (_originate, FhirEvent.AuditEventAction.C, null),
        ["model-promoted"] = (_originate, FhirEvent.AuditEventAction.U, null),
        ["model-rolled-back"] = (_originate, FhirEvent.AuditEventAction.U, null),
        ["model-seeded"] = (_originate, FhirEvent.AuditEventAction.C, null),
        ["report-returned"] = (new(Lifecycle, "transmit", "Transmit Record Lifecycle Event"), FhirEvent.AuditEventAction.R, null),
        ["read"] = (_access, FhirEvent.AuditEventAction.R, null),
        ["cohort-read"] = (_access, FhirEvent.AuditEventAction.R, null),
        ["expired-deleted"] = (_destroy, FhirEvent.AuditEventAction.D, null),
        ["patient-erased"] = (_destroy, FhirEvent.AuditEventAction.D, null),
        ["predictions-erased"] = (_destroy, FhirEvent.AuditEventAction.D, null),
        ["patient-erasure-begun"] = (_destroy, FhirEvent.AuditEventAction.D, null),
        ["cohort-reduced"] = (_destroy, FhirEvent.AuditEventAction.U, null),
        ["retraining-reduced"] = (_destroy, FhirEvent.AuditEventAction.U, null),
        ["kept"] = (new(Lifecycle, "hold", "Add Legal Hold Record Lifecycle Event"), FhirEvent.AuditEventAction.U, null),
        ["released"] = (new(Lifecycle, "unhold", "Remove Legal Hold Record Lifecycle Event"), FhirEvent.AuditEventAction.U, null),
        ["key-added"] = (_alert, FhirEvent.AuditEventAction.C, new(Dcm, "110137", "User Security Attributes Changed")),
        ["key-revoked"] = (_alert, FhirEvent.AuditEventAction.D, new(Dcm, "110137", "User Security Attributes Changed")),
        ["signed-in"] = (_authentication, FhirEvent.AuditEventAction.E, new(Dcm, "110122", "Login")),
        ["signed-out"] = (_authentication, FhirEvent.AuditEventAction.E, new(Dcm, "110123", "Logout")),
        ["uid-key-adopted"] = (_alert, FhirEvent.AuditEventAction.U, new(Dcm, "110129", "Security Configuration")),
    };

    // Subjects that name a thing; the others say something about the event.
    private static readonly Dictionary<string, string> _things = new(StringComparer.Ordinal)
    {
        ["prediction"] = "prediction",
        ["predictions"] = "prediction",
        ["study"] = "study",
        ["studies"] = "study",
        ["upload"] = "upload",
        ["uploads"] = "upload",
        ["supersedes"] = "prediction",
        ["patient"] = "patient",
        ["retraining"] = "retraining",
        ["retrainings"] = "retraining",
        ["model"] = "model",
        ["models"] = "model",
        ["modelsTestedWith"] = "model",
        ["cohort"] = "cohort",
        ["key"] = "key",
    };

    /// <summary>A center's events in order, one resource each, without line breaks: the lines of an NDJSON file.</summary>
    /// <param name="store">The account.</param>
    /// <param name="center">The center.</param>
    /// <param name="from">Earliest time; null: from the first event on.</param>
    /// <param name="until">Time before which they are; null: to the last.</param>
    public static IAsyncEnumerable<BinaryData> OfAsync(BlobStore store, string center, DateTime? from = null, DateTime? until = null, CancellationToken cancellation = default) =>
        AuditExport.EventsAsync(store, center, from, until, cancellation).Select(Render);

    private static BinaryData Render(AuditLine line)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            new BaseFhirJsonSerializer(ModelInfo.ModelInspector).Serialize(Describe(line), writer, null);
        }

        return new BinaryData(stream.ToArray());
    }

    private static FhirEvent Describe(AuditLine line)
    {
        var isFailure = line.Action.EndsWith("-failed", StringComparison.Ordinal) || line.Action.EndsWith("-refused", StringComparison.Ordinal)
            || line.Action is "upload-quarantined" or "study-not-fetched";
        var kind = _kinds.TryGetValue(line.Action, out var known) ? known : (_application, FhirEvent.AuditEventAction.E, null);
        return new()
        {
            // Of 64 digits, as long as an id may be.
            Id = line.Hash,
            Type = kind.Type,
            Subtype = [new Coding(Own, line.Action), .. kind.Sub is null ? [] : new[] { kind.Sub }],
            Action = kind.Action,
            RecordedElement = new Instant(new DateTimeOffset(line.Time, TimeSpan.Zero)),
            Outcome = isFailure ? FhirEvent.AuditEventOutcome.N4 : FhirEvent.AuditEventOutcome.N0,
            OutcomeDesc = line.Subjects.GetValueOrDefault("code"),
            Agent = [.. Agents(line)],
            Source = new FhirEvent.SourceComponent
            {
                Observer = new ResourceReference { Identifier = new Identifier("urn:radiomics:service", "radiomics-functions"), Display = "Radiomics Functions" },
                Type = [new Coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server")],
            },
            Entity = [.. Entities(line)],
        };
    }

    private static IEnumerable<FhirEvent.AgentComponent> Agents(AuditLine line)
    {
        yield return new FhirEvent.AgentComponent
        {
            Type = line.Actor is "pipeline" ? new CodeableConcept(Dcm, "110150", "Application", null) : null,
            Who = new ResourceReference { Identifier = new Identifier("urn:radiomics:principal", line.Actor) },
            Requestor = line.Actor is not "pipeline",
        };
        if (line.Subjects.GetValueOrDefault("decidedBy") is { Length: > 0 } name)
        {
            yield return new FhirEvent.AgentComponent { Name = name, Who = new ResourceReference { Display = name }, Requestor = false };
        }
    }

    private static IEnumerable<FhirEvent.EntityComponent> Entities(AuditLine line)
    {
        // The line itself: what an export is checked against the trail by.
        yield return Entity("event", line.Id, "4", "Other", null,
        [
            ("center", line.Center), ("hash", line.Hash ?? ""), ("previousHash", line.PreviousHash), ("signer", line.Signer ?? ""), ("line", line.Line.ToString(CultureInfo.InvariantCulture)),
            .. line.Digests.Select(digest => ($"sha256 {digest.Key}", digest.Value)),
            .. line.Subjects.Where(subject => !IsThing(line, subject.Key)).Select(subject => (subject.Key, subject.Value)),
        ]);
        foreach (var (subject, values) in line.Subjects.Where(subject => IsThing(line, subject.Key)))
        {
            var thing = subject == "ids" ? line.Subjects["kind"] : _things[subject];
            foreach (var value in values.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return thing == "patient"
                    ? Entity(thing, value, "1", "Person", new Coding("http://terminology.hl7.org/CodeSystem/object-role", "1", "Patient"), [])
                    : Entity(thing, value, "2", "System Object", thing == "prediction" ? new Coding("http://terminology.hl7.org/CodeSystem/object-role", "3", "Report") : null, []);
            }
        }
    }

    // The ids of what was read are of the kind that the event names; those of what expired are of many kinds.
    private static bool IsThing(AuditLine line, string subject) => _things.ContainsKey(subject) || (subject == "ids" && line.Action == "read" && line.Subjects.ContainsKey("kind"));

    private static FhirEvent.EntityComponent Entity(string thing, string value, string type, string typeName, Coding? role, IEnumerable<(string Type, string Value)> details) => new()
    {
        What = new ResourceReference { Identifier = new Identifier($"urn:radiomics:{thing}", value) },
        Type = new Coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", type, typeName),
        Role = role,
        Detail = [.. details.Where(detail => detail.Value.Length > 0).Select(detail => new FhirEvent.DetailComponent { Type = detail.Type, Value = new FhirString(detail.Value) })],
    };
}
