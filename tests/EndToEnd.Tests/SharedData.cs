namespace EndToEnd.Tests;

/// <summary>The real data that lies beside the repository, in <c>../shared/data</c>.</summary>
public static class SharedData
{
    /// <summary>A folder of it; skips the test, naming the folder, where it is absent.</summary>
    public static string Folder(params string[] path)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "RadiomicsFunctions.sln")))
        {
            root = root.Parent;
        }

        var folder = Path.GetFullPath(Path.Combine([root?.FullName ?? ".", "..", "shared", "data", .. path]));
        Assert.SkipUnless(Directory.Exists(folder), $"../shared/data/{string.Join('/', path)} is absent");
        return folder;
    }
}
