using System.Net.Http.Headers;
using Radiomics;
using Radiomics.Pipeline;

namespace Benchmarks.Service;

/// <summary>Studies that take a second or two, so that there can be many.</summary>
internal static class SmallStudies
{
    /// <summary>One, as an upload.</summary>
    public static Task<byte[]> ZipAsync(string center, int seed) =>
        Phantoms.ZipAsync((Phantoms.Settings with { Center = center, FieldStrength = center == "A" ? "3.0T" : "1.5T", Seed = seed }).WithSize(64, 24));

    /// <summary>Some.</summary>
    public static async Task<byte[][]> ZipsAsync(string center, int firstSeed, int count)
    {
        var zips = new byte[count][];
        await Parallel.ForAsync(0, count, async (i, _) => zips[i] = await ZipAsync(center, firstSeed + i));
        return zips;
    }

    /// <summary>Stores a cohort of smaller ones and sends its list; returns its name.</summary>
    public static async Task<string> CohortAsync(RunningService service, string center, string name, int studies, int firstSeed)
    {
        var csv = await SeededCohort.StoreAsync(new BlobStore(service.Blobs), RunningService.Key, center, "3.0T", studies, firstSeed);
        using var body = new StringContent(csv, new MediaTypeHeaderValue("text/csv"));
        using var answer = await service.Http.PutAsync($"api/centers/{center}/cohorts/{name}", body);
        answer.EnsureSuccessStatusCode();
        return name;
    }
}
