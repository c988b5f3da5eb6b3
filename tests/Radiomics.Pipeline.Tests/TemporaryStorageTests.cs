namespace Radiomics.Pipeline.Tests;

public sealed class TemporaryStorageTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("radiomics-tests-");

    [Fact]
    public void What_a_dead_process_left_is_removed_and_what_a_live_one_uses_is_kept()
    {
        using var live = new TemporaryStorage(_root.FullName);
        var kept = Write(live.NewFolder());
        var killed = new TemporaryStorage(_root.FullName);
        var left = Write(killed.NewFolder());
        var grave = Bury(killed, left);

        new TemporaryStorage(_root.FullName).Sweep();

        Assert.True(File.Exists(kept));
        Assert.False(Directory.Exists(grave));
        Assert.Single(_root.GetDirectories());
    }

    [Fact]
    public void Other_programs_folders_are_left_alone()
    {
        var other = _root.CreateSubdirectory("radiomics-of-another-kind");
        new TemporaryStorage(_root.FullName).Sweep();
        Assert.True(Directory.Exists(other.FullName));
    }

    [Fact]
    public void Nobody_else_can_read_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var storage = new TemporaryStorage(_root.FullName);
        storage.NewFolder();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root.GetDirectories().Single().FullName));
    }

    [Fact]
    public void A_process_that_ends_well_leaves_nothing()
    {
        var storage = new TemporaryStorage(_root.FullName);
        Write(storage.NewFolder());
        storage.Dispose();
        Assert.Empty(_root.GetDirectories());
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Write(TemporaryFolder folder)
    {
        var file = folder.File("study.zip").FullName;
        File.WriteAllText(file, "DICM");
        return file;
    }

    // A copy has all that the folder had but the lock's holder, as after SIGKILL.
    private string Bury(TemporaryStorage killed, string file)
    {
        var step = Path.GetDirectoryName(file)!;
        var area = Path.GetDirectoryName(step)!;
        var grave = area + "-killed";
        Directory.CreateDirectory(Path.Combine(grave, Path.GetFileName(step)));
        File.Copy(file, Path.Combine(grave, Path.GetFileName(step), "study.zip"));
        File.WriteAllText(Path.Combine(grave, "lock"), "");
        killed.Dispose();
        return grave;
    }
}
