using Azure;
using FellowOakDicom;
using Radiomics.DicomWeb.Http;
using Radiomics.DicomWeb.Search;

namespace Radiomics.DicomWeb.Storing;

/// <summary>What the service says of each instance (PS3.18 section 10.5.3).</summary>
internal static class StoreAnswer
{
    /// <summary>Reads the answer to a request that stores: 200 all, 202 some or with warnings, 409 none; each says which.</summary>
    /// <exception cref="DicomServiceException">It is another one, or doesn't say what became of the instances.</exception>
    public static async Task<StoreResult> ReadAsync(Response response, DicomRoute route, CancellationToken cancellation)
    {
        if (response.Status is not (200 or 202 or 409))
            throw Answers.Error(response, route);
        var answer = await DicomJsonAnswer.ReadObjectAsync(response, cancellation);
        var failed = Items(answer, DicomTag.FailedSOPSequence).Concat(Items(answer, DicomTag.OtherFailuresSequence)).Select(Failed);
        var result = new StoreResult([.. Items(answer, DicomTag.ReferencedSOPSequence).Select(Stored)], [.. failed]);
        return response.Status != 409 || result.Failed.Count > 0
            ? result
            : throw new DicomServiceException("DicomServiceRefused", "The DICOM service stored nothing and doesn't say why (status 409).") { Status = 409 };
    }

    private static IEnumerable<DicomDataset> Items(DicomDataset answer, DicomTag sequence) =>
        answer.TryGetSequence(sequence, out var items) ? items.Items : [];

    private static StoredInstance Stored(DicomDataset item) => new(
        Uid(item, DicomTag.ReferencedSOPClassUID), Uid(item, DicomTag.ReferencedSOPInstanceUID), Reason(item, DicomTag.WarningReason));

    private static FailedInstance Failed(DicomDataset item) => new(
        Uid(item, DicomTag.ReferencedSOPClassUID), Uid(item, DicomTag.ReferencedSOPInstanceUID), Reason(item, DicomTag.FailureReason));

    private static string? Uid(DicomDataset item, DicomTag tag) => item.TryGetString(tag, out var uid) && uid.Length > 0 ? uid : null;

    private static int? Reason(DicomDataset item, DicomTag tag) => item.TryGetSingleValue(tag, out ushort reason) ? reason : null;
}
