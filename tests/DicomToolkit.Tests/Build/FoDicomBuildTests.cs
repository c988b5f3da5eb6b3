using System.IO.Compression;
using System.Text.Json;

namespace DicomToolkit.Tests.Build;

/// <summary>
/// What restoring with the real fo-dicom does to the committed lock files. The packages come from a feed of this test's own, where two empty ones have
/// their names; all others lie on this machine since it built the tests.
/// </summary>
public sealed class FoDicomBuildTests : IDisposable
{
    private const string App = "functions/functions.csproj";

    private readonly ProjectFiles _projects = new();

    public void Dispose() => _projects.Dispose();

    [Fact]
    public async Task Restoring_with_the_real_packages_leaves_every_lock_as_it_is()
    {
        var before = _projects.Locks;

        var (exitCode, output) = await RestoreAsync();

        Assert.True(exitCode == 0, output);
        var restored = File.ReadAllText(_projects.File("functions/obj/project.assets.json"));
        Assert.Contains($"\"fo-dicom/{ProjectFiles.VersionOf("fo-dicom")}\"", restored);
        Assert.DoesNotContain("DicomToolkit/", restored);
        Assert.Equal(before, _projects.Locks);
    }

    [Fact]
    public async Task Where_no_feed_has_them_restoring_says_so_and_leaves_every_lock_as_it_is()
    {
        var before = _projects.Locks;
        Directory.CreateDirectory(_projects.File("feed"));

        var (exitCode, output) = await _projects.DotnetAsync(
            "restore", App, "-p:DicomToolkit=FoDicom", "--source", _projects.File("feed"), "--packages", _projects.File("packages"));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("NU1101: Unable to find package fo-dicom.", output);
        Assert.Equal(before, _projects.Locks);
    }

    [Fact]
    public async Task But_for_the_switch_the_locks_would_change()
    {
        var before = _projects.Locks;

        var (exitCode, output) = await RestoreAsync("-p:RestorePackagesWithLockFile=true", "-p:NuGetLockFilePath=");

        Assert.True(exitCode == 0, output);
        Assert.NotEqual(before, _projects.Locks);
    }

    [Theory]
    [InlineData("Local", "true", "true", "")]
    [InlineData("FoDicom", "false", "false", "no.packages.lock.json")]
    public async Task The_switch_decides_alone_whether_there_are_locks(string toolkit, string locks, string locked, string lockFile)
    {
        var (exitCode, output) = await _projects.DotnetAsync(
            "msbuild",
            App,
            $"-p:DicomToolkit={toolkit}",
            "-getProperty:RestorePackagesWithLockFile",
            "-getProperty:RestoreLockedMode",
            "-getProperty:NuGetLockFilePath");

        Assert.True(exitCode == 0, output);
        var properties = JsonDocument.Parse(output).RootElement.GetProperty("Properties");
        Assert.Equal(locks, properties.GetProperty("RestorePackagesWithLockFile").GetString());
        Assert.Equal(locked, properties.GetProperty("RestoreLockedMode").GetString());
        Assert.Equal(lockFile, Path.GetFileName(properties.GetProperty("NuGetLockFilePath").GetString()));
    }

    private Task<(int ExitCode, string Output)> RestoreAsync(params string[] properties)
    {
        var feed = _projects.File("feed");
        Directory.CreateDirectory(feed);
        WriteEmptyPackage(feed, "fo-dicom");
        WriteEmptyPackage(feed, "fo-dicom.Codecs");

        // A packages folder of its own, or the machine's would hold a fo-dicom that isn't one. Which versions lie on the machine is none of this test's business.
        string[] offline = ["--source", feed, "--packages", _projects.File("packages"), $"-p:RestoreFallbackFolders={MachinePackages()}", "-p:TreatWarningsAsErrors=false"];
        return _projects.DotnetAsync(["restore", App, "-p:DicomToolkit=FoDicom", .. offline, .. properties]);
    }

    private static void WriteEmptyPackage(string feed, string id)
    {
        var version = ProjectFiles.VersionOf(id);
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open()))
        {
            nuspec.Write($"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata><id>{id}</id><version>{version}</version><authors>nobody</authors><description>Empty.</description></metadata>
                </package>
                """);
        }

        package.CreateEntry("lib/net8.0/_._");
    }

    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
