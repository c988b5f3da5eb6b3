namespace LocalRuntime.Functions.Tests.Durable;

public sealed class ClaimsTests(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("claims-");

    [Fact]
    public async Task A_hub_works_where_its_notes_cannot_be_kept()
    {
        var blocked = Path.Combine(_temp.FullName, "blocked");
        await File.WriteAllTextAsync(blocked, "", TestContext.Current.CancellationToken);
        var app = new TestApp().Orchestrator("Short", _ => Task.FromResult(1));

        await using var hub = await TestHub.StartAsync(azurite, app, null, options => options with { ClaimsFolder = blocked });

        Assert.Equal(1, (await hub.RunAsync("Short")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Nobody_but_their_owner_can_read_the_notes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has a temporary folder for each user.");
        await using var hub = await StartAsync(TestHub.NewName());

        Assert.All(
            [Notes, .. Notes.EnumerateDirectories()],
            folder => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder.UnixFileMode));
    }

    [Fact]
    public async Task The_notes_of_a_killed_process_go_even_if_one_is_torn()
    {
        var name = TestHub.NewName();
        var one = await StartAsync(name);
        var folder = Assert.Single(Notes.EnumerateDirectories());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "lease-torn"), "{\"instanceId\":", TestContext.Current.CancellationToken);
        await one.Hub.AbandonAsync();

        await using var two = await StartAsync(name);

        Assert.False(Directory.Exists(folder.FullName));
    }

    [Fact]
    public async Task Notes_that_do_not_say_whether_their_process_lives_go_after_a_day()
    {
        var name = TestHub.NewName();
        var one = await StartAsync(name);
        var own = Assert.Single(Notes.EnumerateDirectories());
        var prefix = own.Name[..^32];
        await one.DisposeAsync();
        var recent = Notes.CreateSubdirectory($"{prefix}recent");
        var old = Notes.CreateSubdirectory($"{prefix}old");
        Directory.SetLastWriteTimeUtc(old.FullName, DateTime.UtcNow.AddDays(-2));

        await using var two = await StartAsync(name);

        Assert.True(Directory.Exists(recent.FullName));
        Assert.False(Directory.Exists(old.FullName));
    }

    public void Dispose() => _temp.Delete(recursive: true);

    private DirectoryInfo Notes => new(Path.Combine(_temp.FullName, "notes"));

    private Task<TestHub> StartAsync(string name) =>
        TestHub.StartAsync(azurite, new TestApp(), name, options => options with { ClaimsFolder = Notes.FullName });
}
