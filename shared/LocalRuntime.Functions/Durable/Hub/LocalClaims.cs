using System.Security.Cryptography;
using System.Text;
using Azure;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// What this process holds of a hub's storage, noted on this machine, so that the next process here can let go of it at once if this
/// one is killed. Only a short cut: without these notes leases and messages come free when their time is over.
/// </summary>
internal sealed class LocalClaims : IDisposable
{
    private const string Alive = "alive";

    private readonly HubServices _hub;
    private readonly DirectoryInfo _all;
    private readonly string _prefix;
    private readonly DirectoryInfo _own;
    private readonly FileStream _alive;
    private volatile bool _isAbandoned;

    public LocalClaims(HubServices hub, Uri account)
    {
        _hub = hub;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{hub.Options.HubName.ToLowerInvariant()}")));
        _all = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "localruntime-functions"));
        _prefix = hash[..32] + "-";
        _own = _all.CreateSubdirectory(_prefix + Guid.NewGuid().ToString("N"));
        // The operating system lets go of the file when the process ends, however it ends.
        _alive = new(Path.Combine(_own.FullName, Alive), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
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
                    await FreeAsync(StoredJson.Read<Claim>(new(await File.ReadAllBytesAsync(file.FullName, cancellation))), cancellation);
                other.Delete(recursive: true);
            }
            catch (Exception alive) when (alive is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or RequestFailedException)
            {
                // It lives, or another process is freeing it, or the notes are torn: then time will free what it held.
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

    private async Task FreeAsync(Claim claim, CancellationToken cancellation)
    {
        try
        {
            if (claim.LeaseId is not null)
                await _hub.Instances.ReleaseAsync(claim.InstanceId!, claim.LeaseId, cancellation);
            else
                await _hub.WorkItems.ShowAsync(claim.MessageId!, claim.Receipt!, claim.Work!, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status is 400 or 404 or 409 or 412)
        {
            // It was free already.
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
