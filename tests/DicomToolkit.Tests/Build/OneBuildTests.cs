using Radiomics;

namespace DicomToolkit.Tests.Build;

/// <summary>There is one build: what is compiled and restored depends on nothing but the DICOM toolkit.</summary>
public sealed class OneBuildTests
{
    private static readonly string[] _files = [.. ProjectFiles.RepositoryFiles()];

    [Fact]
    public void No_source_is_compiled_conditionally() =>
        Assert.DoesNotContain(Lines(".cs"), line => line.Text.TrimStart().StartsWith("#if", StringComparison.Ordinal));

    [Fact]
    public void One_switch_is_left_and_only_the_codecs_know_of_it()
    {
        var build = Lines(".csproj", ".props", ".targets", ".sln").ToArray();

        Assert.DoesNotContain(build, line => line.Text.Contains("FunctionsRuntime", StringComparison.Ordinal));
        Assert.Equal(
            ["shared/DicomToolkit.props", "shared/Radiomics.Dicom/Radiomics.Dicom.csproj"],
            build.Where(line => line.Text.Contains("$(DicomToolkit)", StringComparison.Ordinal)).Select(line => line.File).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_has_one_lock_file()
    {
        var projects = _files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Path.GetDirectoryName).Order(StringComparer.Ordinal);
        var locks = _files.Where(path => path.EndsWith(".lock.json", StringComparison.Ordinal)).ToArray();

        Assert.All(locks, path => Assert.Equal("packages.lock.json", Path.GetFileName(path)));
        Assert.Equal(projects, locks.Select(Path.GetDirectoryName).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string File, string Text)> Lines(params string[] extensions) =>
        from path in _files
        where extensions.Contains(Path.GetExtension(path))
        from line in File.ReadLines(Path.Combine(TestData.RepositoryRoot, path))
        select (path.Replace('\\', '/'), line);
}
