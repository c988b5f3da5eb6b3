using System.Globalization;
using System.IO.Compression;
using System.Text;
using FellowOakDicom;
using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Pipeline;

namespace Radiomics;

/// <summary>Small synthetic studies with outcomes: stored as ingest stores them, and as a cohort with the hospital's own UIDs.</summary>
internal static class SeededCohort
{
    /// <summary>A protocol that takes seconds.</summary>
    public const string Protocol =
        """{"outerFolds": 2, "outerRepeats": 1, "innerFolds": 2, "learners": ["logisticRegression"], "bootstraps": 50, "stabilityPatients": 2, "comparePooled": false, "selection": {"include": ["stat_.*"]}}""";

    /// <summary>Stores studies of which every second one has the outcome and much iron, with some exceptions. Returns the cohort as CSV.</summary>
    public static async Task<string> StoreAsync(BlobStore store, UidKey key, string center, string fieldStrength, int studies, int firstSeed)
    {
        await store.EnsureContainersAsync();
        var rules = new CenterProfiles(Path.Combine(AppContext.BaseDirectory, "models")).Get(center).Ingest;
        using var temporary = new TemporaryStorage();
        var target = new StudyStore(store, temporary, new WorkingMemory(new RadiomicsOptions()));
        var rows = new string[studies];
        await Parallel.ForAsync(0, studies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) =>
        {
            var label = i % 2;
            var iron = i % 7 == 3 ? 9 : label == 1 ? 16 - (i * 0.2) : 4 + (i * 0.2);
            var zip = await ZipAsync(new PhantomSettings { Center = center, FieldStrength = fieldStrength, LiverIronConcentration = iron, Seed = firstSeed + i }.WithSize(40, 24));
            using var source = new ZipStudySource(new MemoryStream(zip));
            await target.SaveAsync(center, StudyReader.Read(source, rules, key, new IngestRequest()));
            rows[i] = string.Create(CultureInfo.InvariantCulture, $"{StudyUidOf(zip)},{label},MRN-{firstSeed + i},{10 + (i % 9)}");
        });
        return new StringBuilder("studyUid,label,patient,age:number:a\n").AppendJoin('\n', rows).Append('\n').ToString();
    }

    /// <summary>A study like those of the cohort, to predict for.</summary>
    public static Task<byte[]> AnotherAsync(string center, string fieldStrength, int seed) =>
        ZipAsync(new PhantomSettings { Center = center, FieldStrength = fieldStrength, LiverIronConcentration = 12, Seed = seed }.WithSize(40, 24));

    private static async Task<byte[]> ZipAsync(PhantomSettings settings)
    {
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
        return zip.ToArray();
    }

    private static string StudyUidOf(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var entry = archive.Entries.First(e => e.Name.EndsWith(".dcm", StringComparison.Ordinal)).Open();
        using var copy = new MemoryStream();
        entry.CopyTo(copy);
        copy.Position = 0;
        return DicomFile.Open(copy, FileReadOption.ReadAll).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID);
    }
}
