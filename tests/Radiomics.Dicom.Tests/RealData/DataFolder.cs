namespace Radiomics.Dicom.Tests.RealData;

/// <summary>Finds the real data beside the repository.</summary>
public static class DataFolder
{
    /// <summary>The path of a file or folder below <c>../shared/data</c>; skips the test if it isn't there.</summary>
    public static string Find(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RadiomicsFunctions.sln")))
        {
            folder = folder.Parent;
        }

        var path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", relative);
        if (!Path.Exists(path))
        {
            Assert.Skip($"../shared/data/{relative} is absent");
        }

        return path;
    }
}
