using Microsoft.DurableTask.Client;
using Radiomics.Dicom;
using Radiomics.Pipeline;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Quarantine;

/// <summary>Sends what lies in quarantine again, by whatever door that was asked for, and starts its prediction.</summary>
public sealed class ResubmissionDoor(QuarantineDesk desk, UploadDoor door, PredictionStarter starter, TemporaryStorage temporary)
{
    private const string Changed = "changed.zip";

    /// <summary>Sends what was kept, changed if that is asked for.</summary>
    /// <param name="client">The Durable client.</param>
    /// <param name="entry">What was set aside.</param>
    /// <param name="center">For which center; null: the one that it came for.</param>
    /// <param name="change">What is changed about it; null: nothing.</param>
    /// <param name="actor">Who does it, for the audit.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Radiomics.Extraction.RadiomicsException">What <see cref="QuarantineDesk.ResubmitAsync"/> and <see cref="StudyRepair.Write"/> throw.</exception>
    public async Task<Resubmission> SendAsync(DurableTaskClient client, QuarantineEntry entry, string? center, RepairOrder? change, string actor, CancellationToken cancellation)
    {
        if (change is null)
        {
            return await SendAsync(client, entry, center, (FileInfo?)null, actor, cancellation);
        }

        using var folder = temporary.NewFolder();
        var (kept, _) = await desk.CopyAsync(entry, folder, cancellation);
        Write(kept, change, folder);
        return await SendAsync(client, entry, center, folder.File(Changed), actor, cancellation);
    }

    /// <summary>Sends what was kept, or what somebody has repaired elsewhere.</summary>
    /// <inheritdoc cref="SendAsync(DurableTaskClient, QuarantineEntry, string, RepairOrder, string, CancellationToken)"/>
    /// <param name="repaired">A zip in place of what was kept; null: that.</param>
    public async Task<Resubmission> SendAsync(DurableTaskClient client, QuarantineEntry entry, string? center, FileInfo? repaired, string actor, CancellationToken cancellation)
    {
        var resubmission = await desk.ResubmitAsync(entry, center, repaired, actor, cancellation);
        if (await door.ReceiveAsync(UploadName.TryParse(resubmission.Blob)!, cancellation) is { } upload)
        {
            await starter.StartOnceAsync(client, upload, actor);
        }

        return resubmission;
    }

    private static void Write(FileInfo kept, RepairOrder change, TemporaryFolder folder)
    {
        using var zip = kept.OpenRead();
        using var source = new ZipStudySource(zip);
        using var target = folder.Create(Changed);
        StudyRepair.Write(source, change, target);
    }
}
