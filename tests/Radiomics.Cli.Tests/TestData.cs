using Radiomics.Cli.Local;

namespace Radiomics.Cli.Tests;

/// <summary>Real data beside the repository, if it is there.</summary>
internal static class TestData
{
    /// <summary>Path below <c>../shared/data</c>; skips the test if it isn't there.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.GetFullPath(Path.Combine(RepositoryFolders.Root!, "..", "shared", "data", relativePath));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"The data is not on this machine: ../shared/data/{relativePath} is absent");
        }

        return path;
    }
}
