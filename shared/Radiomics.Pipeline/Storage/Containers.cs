namespace Radiomics.Pipeline;

/// <summary>The one place that knows container names.</summary>
public static class Containers
{
    /// <summary>What hospitals send: <c>{center}/{name}.zip</c>, or a folder closed by <c>_ready</c>.</summary>
    public const string Incoming = "incoming";

    /// <summary>What came by HTTP or was fetched from a DICOM service: <c>{center}/{uploadId}.zip</c>.</summary>
    public const string Requests = "requests";

    /// <summary>
    /// Where an upload lies: <c>{uploadId}.json</c>; which one a name, an Idempotency-Key or a zip's content stands for: <c>by-name/…</c>, <c>by-key/…</c>, <c>by-content/{digest}.json</c>.
    /// </summary>
    public const string Uploads = "uploads";

    /// <summary>When instances of a study last came into a DICOM service: <c>{center}/{service}/{studyUid}.json</c>.</summary>
    public const string Arrivals = "arrivals";

    /// <summary>De-identified volumes: <c>{center}/{studyUid}/{contentHash}/…</c>.</summary>
    public const string Studies = "studies";

    /// <summary>Feature vectors: <c>{center}/{studyUid}/{sequence}/{key}.json</c>.</summary>
    public const string Features = "features";

    /// <summary>Answers: <c>{center}/by-id/{id}.json</c>, and an index by study.</summary>
    public const string Predictions = "predictions";

    /// <summary>Cohorts for retraining: <c>{center}/{name}.csv</c>.</summary>
    public const string Cohorts = "cohorts";

    /// <summary>Model packages and their pointers: <c>{center}/{fieldStrength}/…</c>.</summary>
    public const string Models = "models";

    /// <summary>Hash-chained events: <c>{center}/{yyyy-MM}-{n}.jsonl</c>.</summary>
    public const string Audit = "audit";

    /// <summary>Per center the newest event that its chain is known to hold: <c>{center}/head.json</c>. Apart from <see cref="Audit"/>, since it is overwritten and nothing there ever is.</summary>
    public const string AuditHeads = "audit-heads";

    /// <summary>
    /// Signed heads, each written once: <c>{center}/{yyyy-MM}-{n}-{line}.json</c>, and certificates of the processes that sign. Apart from <see cref="Audit"/>, since nothing here is even
    /// appended to.
    /// </summary>
    public const string AuditAnchors = "audit-anchors";

    /// <summary>Why something could not be used, with a copy unless it lies in <see cref="Requests"/>: <c>{center}/{uploadId}/…</c>.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>API keys, of which only digests are stored: <c>{id}.json</c>.</summary>
    public const string Keys = "keys";

    /// <summary>Who is under way and who waits, by kind: <c>studies.json</c>, <c>retrainings.json</c>. Passing: nothing is lost with them but the order.</summary>
    public const string Turns = "turns";

    /// <summary>The keys of the console's cookies, encrypted: <c>ring.xml</c>. Without it everybody signs in again, and nothing else is lost.</summary>
    public const string CookieKeys = "cookie-keys";

    /// <summary>Stands for the center where something belongs to none.</summary>
    public const string System = "_system";

    /// <summary>All of them, in the order in which data passes.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Incoming, Requests, Arrivals, Uploads, Studies, Features, Predictions, Cohorts, Models, Audit, AuditHeads, AuditAnchors, Quarantine, Keys, Turns, CookieKeys];
}
