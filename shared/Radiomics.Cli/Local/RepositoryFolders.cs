namespace Radiomics.Cli.Local;

/// <summary>Where the tool finds the source tree, and keeps what it installs.</summary>
public static class RepositoryFolders
{
    /// <summary>The folder of <c>RadiomicsFunctions.sln</c> above this executable, or null if it runs outside the source tree.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Tools installed on first use: ignored by git in the source tree, per user elsewhere.</summary>
    public static string Tools => Root is null
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "radiomics", "tools")
        : Path.Combine(Root, ".radiomics", "tools");

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RadiomicsFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
