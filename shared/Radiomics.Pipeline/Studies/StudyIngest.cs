using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Second step: DICOM in, de-identified volumes out. Whose they are, it notes under the pseudonym before anything is stored.</summary>
public sealed class StudyIngest(
    UploadStore uploads,
    UploadReader reader,
    ProfileStore profiles,
    UidKey key,
    UidKeyVersions keys,
    StudyStore studies,
    PatientIndex patients,
    WorkingMemory memory,
    StepAudit audit)
{
    /// <summary>Reads the upload under the pinned profile and stores the study.</summary>
    /// <exception cref="RadiomicsException">The upload can't be used; codes of <see cref="UploadReader"/> and <see cref="StudyReader"/>.</exception>
    /// <exception cref="UidKeyChangedException">The service has another key than the one its studies were mapped under.</exception>
    public async Task<StudyReference> IngestAsync(PredictionRequest request, PredictionPlan plan)
    {
        await keys.EnsureCurrentAsync();
        var upload = await uploads.GetAsync(request.UploadId);
        var pinned = await profiles.GetAsync(request.Center, plan.ProfileSha256);
        using var open = await reader.OpenAsync(upload);
        using var headers = await memory.Headers.TakeAsync(WorkingMemory.OfHeaders(open.Source.Count));
        IDisposable? taken = null;
        try
        {
            return await IngestAsync(request, plan, pinned.Profile, open, voxels => taken = memory.Volumes.Take(voxels * WorkingMemory.IngestBytesPerVoxel));
        }
        finally
        {
            taken?.Dispose();
        }
    }

    private async Task<StudyReference> IngestAsync(PredictionRequest request, PredictionPlan plan, CenterProfile profile, OpenUpload open, Action<long> admit)
    {
        var study = await ReadAsync(request, plan, profile, open, admit);
        var (manifest, reference) = await studies.SaveAsync(request.Center, study);
        await audit.IngestedAsync(request, manifest, reference);
        return new StudyReference
        {
            StudyUid = manifest.StudyUid,
            Manifest = reference,
            Sequences = [.. manifest.Sequences.Select(sequence => sequence.Name)],
            FieldStrength = manifest.FieldStrength,
            ModelSequence = study.RequiredSequence,
        };
    }

    private async Task<IngestedStudy> ReadAsync(PredictionRequest request, PredictionPlan plan, CenterProfile profile, OpenUpload open, Action<long> admit)
    {
        IngestedStudy study;
        try
        {
            study = StudyReader.Read(open.Source, profile.Ingest, key, new IngestRequest
            {
                Center = request.Center,
                Admit = admit,
                RequiredSequenceByFieldStrength = plan.Models.ToDictionary(model => model.Key, model => model.Value.Sequence),
            });
        }
        catch (RadiomicsException)
        {
            // What can't be used leaves a receipt and a record, too.
            if (TryReadPatients(open.Source, request.Center) is { } named)
            {
                await patients.RecordAsync(request, named);
            }

            throw;
        }

        await patients.RecordAsync(request, study.Named);
        return study;
    }

    private UploadedPatients? TryReadPatients(IStudySource source, string center)
    {
        try
        {
            return UploadedPatients.Read(source, key, center);
        }
        catch (RadiomicsException)
        {
            return null;
        }
    }
}
