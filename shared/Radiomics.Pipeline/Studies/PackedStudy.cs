using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>A study's files as they are stored, in a folder of this machine.</summary>
/// <param name="Manifest">Its manifest, with the names that the files have in storage.</param>
/// <param name="Path">The folder in <c>studies</c> that they belong to, without slash at the end.</param>
/// <param name="Files">Names of the files, here and below <paramref name="Path"/>.</param>
internal sealed record PackedStudy(StudyManifest Manifest, string Path, IReadOnlyList<string> Files)
{
    /// <summary>Writes a study's volumes and regions while it is being read, one sequence at a time.</summary>
    public static async Task<PackedStudy> WriteAsync(string center, IngestedStudy study, TemporaryFolder folder)
    {
        List<ManifestSequence> sequences = [];
        foreach (var sequence in study.Sequences)
        {
            var volume = await WriteAsync(folder, $"{sequence.Name}.nii.gz", stream => NiftiFile.Write(stream, sequence.Volume));
            var roi = await WriteAsync(folder, $"{sequence.Name}.roi.nii.gz", stream => NiftiFile.Write(stream, sequence.Roi));
            sequences.Add(ManifestSequence.Create(sequence, volume, roi));
        }

        // The manifest with names relative to itself says all that the study is; its digest is the folder's name.
        var relative = StudyManifest.Create(study, sequences);
        var path = StudyStore.FolderOf(center, relative);
        return new(
            relative with { Sequences = [.. relative.Sequences.Select(sequence => Below(path, sequence))] },
            path,
            [.. sequences.SelectMany(sequence => new[] { sequence.Volume.Blob, sequence.Roi.Blob })]);
    }

    private static async Task<StoredFile> WriteAsync(TemporaryFolder folder, string name, Action<Stream> write)
    {
        var file = folder.File(name);
        await using (var stream = folder.Create(name))
        {
            write(stream);
        }

        return new StoredFile(name, await Digest.OfFileAsync(file));
    }

    private static ManifestSequence Below(string path, ManifestSequence sequence) => sequence with
    {
        Volume = sequence.Volume with { Blob = $"{path}/{sequence.Volume.Blob}" },
        Roi = sequence.Roi with { Blob = $"{path}/{sequence.Roi.Blob}" },
    };
}
