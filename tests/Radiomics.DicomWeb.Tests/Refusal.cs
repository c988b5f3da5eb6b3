using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Tests;

/// <summary>What a client's refusal says.</summary>
internal static class Refusal
{
    public static async Task<DicomServiceException> OfAsync(Func<Task> call) => await Assert.ThrowsAsync<DicomServiceException>(call);

    public static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAnyAsync<RadiomicsException>(call)).Code;

    public static Task<DicomServiceException> OfAsync<T>(IAsyncEnumerable<T> results) => OfAsync(() => ListAsync(results));

    public static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> results)
    {
        var list = new List<T>();
        await foreach (var result in results)
            list.Add(result);
        return list;
    }
}
