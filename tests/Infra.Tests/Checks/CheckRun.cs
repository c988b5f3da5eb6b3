using Radiomics;

namespace Infra.Tests.Checks;

/// <summary>A check of <c>.ci/checks</c>, run on a repository of the test's own.</summary>
internal sealed class CheckRun : IDisposable
{
    private static readonly Dictionary<string, string> s_author = new()
    {
        ["GIT_AUTHOR_NAME"] = "t",
        ["GIT_AUTHOR_EMAIL"] = "t@t.example",
        ["GIT_COMMITTER_NAME"] = "t",
        ["GIT_COMMITTER_EMAIL"] = "t@t.example",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("check-");

    public CheckRun() => Git("init", "--quiet", "--initial-branch=main");

    /// <summary>Where a file of it lies.</summary>
    public string At(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>Writes a file; returns where.</summary>
    public string Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
        return At(path);
    }

    public void Commit(string message = "as it is")
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "--message", message);
    }

    public void Git(params string[] arguments)
    {
        var (exitCode, _, errors) = Programs.Run("git", _folder.FullName, s_author, arguments);
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>Runs a check on it.</summary>
    public (int ExitCode, string Output, string Errors) Run(string check, params string[] arguments) =>
        Programs.Run("node", _folder.FullName, new Dictionary<string, string>(), [Path.Combine(TestData.RepositoryRoot, ".ci", "checks", $"{check}.mjs"), "--root", _folder.FullName, .. arguments]);

    public void Dispose()
    {
        // Git's objects can't be written, nor deleted on some systems.
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Attributes = FileAttributes.Normal;
        }

        _folder.Delete(recursive: true);
    }
}
