namespace LocalRuntime.Dicom.Tests;

/// <summary>Real files beside the repository.</summary>
internal static class TestData
{
    /// <summary>A folder of <c>../shared/data</c>; the test is skipped if it is absent.</summary>
    public static string Folder(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "RadiomicsFunctions.sln")))
            root = root.Parent;
        var folder = Path.GetFullPath(Path.Combine(root?.FullName ?? ".", "..", "shared", "data", name));
        if (!Directory.Exists(folder))
            Assert.Skip($"Real data is needed: ../shared/data/{name} is absent");
        return folder;
    }

    public static string[] Files(string folder) => [.. Directory.GetFiles(Folder(folder), "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
