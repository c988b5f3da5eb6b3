namespace Radiomics.Pipeline.Tests.Retention;

/// <summary>Histories as a test gives them.</summary>
internal sealed class KnownHistories : IHistories
{
    public List<RunningInstance> Running { get; } = [];

    public List<EndedInstance> Ended { get; } = [];

    public List<string> Deleted { get; } = [];

    /// <summary>What happens when it is asked what is being worked on, by how often it was asked before.</summary>
    public Func<int, Task> Asked { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens when a history is to be deleted.</summary>
    public Func<string, Task> Deleting { get; set; } = _ => Task.CompletedTask;

    private int _asked;

    public async Task<IReadOnlyList<RunningInstance>> UnderWayAsync(CancellationToken cancellation)
    {
        await Asked(_asked++);
        return [.. Running];
    }

    public IAsyncEnumerable<EndedInstance> EndedAsync(CancellationToken cancellation) => Ended.ToList().ToAsyncEnumerable();

    public Task<bool> ExistsAsync(string id, CancellationToken cancellation) => Task.FromResult(Running.Any(instance => instance.Id == id) || Ended.Any(instance => instance.Id == id));

    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        await Deleting(id);
        Deleted.Add(id);
        Ended.RemoveAll(instance => instance.Id == id);
    }
}
