namespace Radiomics;

/// <summary>Where the real data lies, if it does: beside the repository, in <c>../shared/data</c>.</summary>
internal static class TestData
{
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Path below <c>../shared/data</c>; null if it isn't there.</summary>
    public static string? Find(string relativePath)
    {
        var path = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data", relativePath));
        return Path.Exists(path) ? path : null;
    }

    /// <summary>Path below <c>../shared/data</c>; skips the test if it isn't there.</summary>
    public static string Require(string relativePath)
    {
        var path = Find(relativePath);
        if (path is null)
        {
            Assert.Skip($"The data is not on this machine: ../shared/data/{relativePath} is absent");
        }

        return path;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RadiomicsFunctions.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("RadiomicsFunctions.sln is in no folder above the tests.");
        }

        return folder;
    }
}
