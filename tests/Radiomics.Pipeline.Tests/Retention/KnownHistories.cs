using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline.Tests.Retention;

/// <summary>Histories as a test gives them.</summary>
internal sealed class KnownHistories : IHistories
{
    public List<RunningInstance> Running { get; } = [];

    public List<EndedInstance> Ended { get; } = [];

    /// <summary>Predictions that were begun some time.</summary>
    public HashSet<string> Begun { get; } = [];

    public List<string> Deleted { get; } = [];

    /// <summary>When ended instances were started; long ago if it isn't said.</summary>
    public Dictionary<string, DateTimeOffset> Started { get; } = [];

    /// <summary>What happens when it is asked what is being worked on, by how often it was asked before.</summary>
    public Func<int, Task> Asked { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens when a history is to be deleted.</summary>
    public Func<string, Task> Deleting { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens after one that has ended was named.</summary>
    public Action Named { get; set; } = () => { };

    private int _asked;

    public async Task<IReadOnlyList<RunningInstance>> UnderWayAsync(CancellationToken cancellation)
    {
        await Asked(_asked++);
        return [.. Running];
    }

    public async IAsyncEnumerable<EndedInstance> EndedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var instance in Ended.ToList())
        {
            yield return instance;
            Named();
        }
    }

    public Task<DateTimeOffset?> TryFindStartAsync(string id, CancellationToken cancellation) => Task.FromResult(
        Running.Find(instance => instance.Id == id)?.Since ?? (Ended.Exists(instance => instance.Id == id) || Begun.Contains(id) ? Started.GetValueOrDefault(id) : (DateTimeOffset?)null));

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellation)
    {
        await Deleting(id);
        if (Running.Exists(instance => instance.Id == id))
            return false;

        Deleted.Add(id);
        Begun.Remove(id);
        Ended.RemoveAll(instance => instance.Id == id);
        return true;
    }
}
