using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// What this process holds of a hub's storage, noted on this machine, so that the next process here can let go of it at once if this
/// one is killed. Only a short cut: without these notes leases and messages come free when their time is over.
/// </summary>
internal sealed class LocalClaims : IDisposable
{
    private const string Alive = "alive";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>After this a folder that nobody can be asked about is taken for one of a killed process.</summary>
    private static readonly TimeSpan LongestDoubt = TimeSpan.FromDays(1);

    private readonly HubServices _hub;
    private readonly DirectoryInfo _all;
    private readonly string _prefix;
    private readonly DirectoryInfo _own;
    private readonly FileStream _alive;
    private volatile bool _isAbandoned;

    private LocalClaims(HubServices hub, Uri account)
    {
        _hub = hub;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{hub.Options.HubName.ToLowerInvariant()}")));
        _all = CreateForOwner(hub.Options.ClaimsFolder);
        _prefix = hash[..32] + "-";
        _own = CreateForOwner(Path.Combine(_all.FullName, _prefix + Guid.NewGuid().ToString("N")));
        // The operating system lets go of the file when the process ends, however it ends.
        _alive = new(Path.Combine(_own.FullName, Alive), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>A folder of its own for each user of this machine: leases and receipts are rights.</summary>
    public static string DefaultFolder =>
        Path.Combine(Path.GetTempPath(), $"localruntime-functions-{Uri.EscapeDataString(Environment.UserName)}");

    /// <summary>Begins the notes of this process; null, with a warning, where they can't be kept.</summary>
    public static LocalClaims? TryOpen(HubServices hub, Uri account)
    {
        try
        {
            return new(hub, account);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            hub.Logger.NoClaims(error);
            return null;
        }
    }

    /// <summary>Notes something held: a claim that replaces the one of the same name.</summary>
    public void Hold(string name, Claim claim) => Attempt(() => File.WriteAllBytes(PathOf(name), StoredJson.Write(claim).ToArray()));

    /// <summary>Notes that it is no longer held.</summary>
    public void Release(string name) => Attempt(() => File.Delete(PathOf(name)));

    /// <summary>Lets go of what killed processes of this machine hold.</summary>
    public async Task FreeTheDeadAsync(CancellationToken cancellation)
    {
        foreach (var other in _all.EnumerateDirectories(_prefix + "*").Where(folder => folder.Name != _own.Name).ToList())
        {
            try
            {
                await using var dead = new FileStream(
                    Path.Combine(other.FullName, Alive), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                foreach (var file in other.EnumerateFiles().Where(file => file.Name != Alive))
                    await FreeAsync(file, cancellation);
                other.Delete(recursive: true);
            }
            catch (FileNotFoundException) when (_hub.Time.GetUtcNow() - other.LastWriteTimeUtc > LongestDoubt)
            {
                // It was killed before it could say that it lives, or while it took its notes away.
                Attempt(() => other.Delete(recursive: true));
            }
            catch (Exception alive) when (alive is IOException or UnauthorizedAccessException or RequestFailedException)
            {
                // It lives, or another process is freeing it: then time will free what it held.
            }
        }
    }

    /// <summary>Leaves the notes as a killed process does.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        _alive.Dispose();
    }

    public void Dispose()
    {
        _alive.Dispose();
        Attempt(() => _own.Delete(recursive: true));
    }

    private string PathOf(string name) => Path.Combine(_own.FullName, name);

    private static DirectoryInfo CreateForOwner(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path);
        var folder = Directory.CreateDirectory(path, OwnerOnly);
        // Of one that was there: refused if it belongs to somebody else.
        folder.UnixFileMode = OwnerOnly;
        return folder;
    }

    private async Task FreeAsync(FileInfo note, CancellationToken cancellation)
    {
        try
        {
            var claim = StoredJson.Read<Claim>(new(await File.ReadAllBytesAsync(note.FullName, cancellation)));
            if (claim.LeaseId is not null)
                await _hub.Instances.ReleaseAsync(claim.InstanceId!, claim.LeaseId, cancellation);
            else
                await _hub.WorkItems.ShowAsync(claim.MessageId!, claim.Receipt!, claim.Work!, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status is 400 or 404 or 409 or 412)
        {
            // It was free already.
        }
        catch (JsonException)
        {
            // The process was killed while it wrote the note: time frees what it says.
        }
    }

    private void Attempt(Action note)
    {
        if (_isAbandoned)
            return;
        try
        {
            note();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A note that can't be written costs a killed process time, nothing else.
        }
    }
}

/// <summary>Something held: the lease of an instance, or a message of the queue.</summary>
internal sealed record Claim
{
    public string? InstanceId { get; init; }

    public string? LeaseId { get; init; }

    public string? MessageId { get; init; }

    public string? Receipt { get; init; }

    public WorkItem? Work { get; init; }
}
