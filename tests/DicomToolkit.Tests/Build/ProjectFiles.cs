using System.Diagnostics;
using System.Security.Cryptography;
using System.Xml.Linq;
using Radiomics;

namespace DicomToolkit.Tests.Build;

/// <summary>A copy of the repository's project files and locks, to restore in as often and as wrongly as a test likes.</summary>
internal sealed class ProjectFiles : IDisposable
{
    private static readonly string[] _ignored = [".git", ".radiomics", "bin", "node_modules", "obj"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("projects-");

    public ProjectFiles()
    {
        foreach (var path in RepositoryFiles().Where(path => Path.GetExtension(path) is ".csproj" or ".props" or ".targets" or ".json"))
        {
            var copy = File(path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(Path.Combine(TestData.RepositoryRoot, path), copy);
        }
    }

    /// <summary>SHA-256 of each lock file in the copy, wherever it lies and however it is called, but below <c>obj</c>, where nothing is kept.</summary>
    public SortedDictionary<string, string> Locks => new(
        FilesBelow(_folder.FullName)
            .Where(path => path.EndsWith(".lock.json", StringComparison.Ordinal))
            .ToDictionary(path => path, path => Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File(path))))),
        StringComparer.Ordinal);

    /// <summary>All files of the source tree, from its root, without what builds and tools leave there.</summary>
    public static IEnumerable<string> RepositoryFiles() => FilesBelow(TestData.RepositoryRoot);

    /// <summary>The version that is pinned centrally.</summary>
    public static string VersionOf(string package) => XDocument.Load(Path.Combine(TestData.RepositoryRoot, "Directory.Packages.props"))
        .Descendants("PackageVersion").Single(version => version.Attribute("Include")?.Value == package).Attribute("Version")!.Value;

    /// <summary>A path in the copy.</summary>
    public string File(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>Runs <c>dotnet</c> in the copy, as CI would. Returns its exit code and what it said.</summary>
    public async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };

        // Those of the build that runs these tests.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["CI"] = "true";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var dotnet = Process.Start(start)!;
        var error = dotnet.StandardError.ReadToEndAsync();
        var output = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        return (dotnet.ExitCode, output + await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> FilesBelow(string root) => Directory.EnumerateFiles(root)
        .Concat(Directory.EnumerateDirectories(root).Where(folder => !_ignored.Contains(Path.GetFileName(folder))).SelectMany(
            folder => FilesBelow(folder).Select(path => Path.Combine(folder, path))))
        .Select(path => Path.GetRelativePath(root, path));
}
