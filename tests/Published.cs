using Radiomics.Pipeline;

namespace Radiomics;

/// <summary>Final records as the service writes them: named by the audit trail, or nobody would be told them.</summary>
internal static class Published
{
    /// <summary>Writes a record, its event and its reports.</summary>
    /// <param name="store">Where.</param>
    /// <param name="status">The record.</param>
    /// <param name="key">What the event is signed with; that of the tests if null.</param>
    /// <param name="reports">Extension and content of each report.</param>
    public static async Task WriteAsync(BlobStore store, PredictionStatus status, IAuditKey? key = null, params (string Extension, string Content)[] reports)
    {
        var record = BlobStore.Json(status);
        var action = status.Prediction is null ? "prediction-failed" : "prediction-published";
        await new AuditTrail(store, key ?? TestAuditKey.Key, TimeProvider.System).AppendAsync(new AuditEvent
        {
            Id = $"{status.Id}/{action}",
            Center = status.Center,
            Actor = "pipeline",
            Action = action,
            Subjects = new Dictionary<string, string> { ["prediction"] = status.Id },
            Digests = reports.Select(report => ($"report {report.Extension}", Digest.Of(new BinaryData(report.Content)))).Append(("record", Digest.Of(record))).ToDictionary(digest => digest.Item1, digest => digest.Item2),
        });
        await store.WriteOnceAsync(Containers.Predictions, $"{status.Center}/by-id/{status.Id}.json", record);
        foreach (var (extension, content) in reports)
        {
            await store.WriteOnceAsync(Containers.Predictions, $"{status.Center}/by-id/{status.Id}{extension}", new BinaryData(content));
        }
    }
}
