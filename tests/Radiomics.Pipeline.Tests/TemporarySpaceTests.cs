using System.IO.Compression;

namespace Radiomics.Pipeline.Tests;

public sealed class TemporarySpaceTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("radiomics-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_two_that_would_fit_alone_only_one_begins()
    {
        using var storage = Storage(100);
        using var first = storage.NewFolder();
        using var second = storage.NewFolder();
        Assert.True(first.TryReserve(60 * Megabyte));
        Assert.False(second.TryReserve(60 * Megabyte));
        Assert.True(second.TryReserve(40 * Megabyte));
    }

    [Fact]
    public void What_a_folder_had_is_room_again_when_it_goes()
    {
        using var storage = Storage(100);
        using (var first = storage.NewFolder())
        {
            Assert.True(first.TryReserve(60 * Megabyte));
            Write(first, "more than was reserved", 70 * Megabyte);
            Assert.InRange(storage.Space.Taken, 70 * Megabyte, 100 * Megabyte);
        }

        Assert.Equal(0, storage.Space.Taken);
        using var second = storage.NewFolder();
        Assert.True(second.TryReserve(100 * Megabyte));
    }

    [Fact]
    public async Task A_step_waits_until_there_is_room_and_none_that_came_later_overtakes_it()
    {
        using var storage = Storage(100);
        var first = storage.NewFolder();
        using var second = storage.NewFolder();
        using var third = storage.NewFolder();
        Assert.True(first.TryReserve(60 * Megabyte));
        var waiting = second.ReserveAsync(60 * Megabyte, Cancellation);
        Assert.False(waiting.IsCompleted);
        Assert.False(third.TryReserve(1));

        first.Dispose();
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.True(third.TryReserve(1));
    }

    [Fact]
    public async Task Whoever_waited_in_vain_takes_nothing()
    {
        using var storage = Storage(100, patienceSeconds: 0);
        using var folder = storage.NewFolder();
        await Assert.ThrowsAsync<TemporarySpaceException>(() => folder.ReserveAsync(101 * Megabyte, Cancellation));
        await Assert.ThrowsAsync<TemporarySpaceException>(() => Task.Run(() => Write(folder, "a", 101 * Megabyte), Cancellation));
        Assert.True(folder.TryReserve(1));
    }

    [Fact]
    public void What_is_written_over_or_deleted_counts_once()
    {
        using var storage = Storage(100);
        using var folder = storage.NewFolder();
        using (var file = folder.NewFile())
        {
            for (var n = 0; n < 5; n++)
            {
                file.SetLength(0);
                file.Write(new byte[60 * Megabyte]);
                file.Position = 0;
                file.Write(new byte[60 * Megabyte]);
            }
        }

        for (var n = 0; n < 5; n++)
        {
            Write(folder, "again", 30 * Megabyte);
            folder.Delete(folder.File("again"));
        }

        Assert.InRange(storage.Space.Taken, 90 * Megabyte, 100 * Megabyte);
    }

    [Fact]
    public void A_zip_that_is_written_with_its_sizes_before_its_entries_counts_what_it_has()
    {
        using var storage = Storage(64);
        using var folder = storage.NewFolder();
        using (var zip = new ZipArchive(folder.Create("a.zip"), ZipArchiveMode.Create))
        {
            foreach (var name in (string[])["a", "b"])
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(new byte[20 * Megabyte]);
            }
        }

        Assert.InRange(storage.Space.Taken, folder.File("a.zip").Length, 64 * Megabyte);
    }

    [Fact]
    public void What_the_disk_has_is_not_promised_twice_and_something_stays_free()
    {
        var free = 1000L;
        var space = new TemporarySpace(() => free, new TemporaryOptions { KeepFreeBytes = 100 });
        Assert.True(space.TryTake(500));
        Assert.False(space.TryTake(401));
        space.Written(300);
        free = 700; // what was written is gone from the disk, and from what was promised
        Assert.True(space.TryTake(400));
        Assert.False(space.TryTake(1));
        free = 50; // others have filled it
        space.Return(900, 300);
        Assert.False(space.TryTake(1));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private TemporaryStorage Storage(int megabytes, double patienceSeconds = 300) =>
        new(_root.FullName, new TemporaryOptions { MaxBytes = (long)megabytes * Megabyte, KeepFreeBytes = 0, PatienceSeconds = patienceSeconds });

    private static void Write(TemporaryFolder folder, string name, int bytes)
    {
        using var file = folder.Create(name);
        var piece = new byte[Megabyte];
        for (var n = 0; n < bytes; n += piece.Length)
        {
            file.Write(piece);
        }
    }
}
