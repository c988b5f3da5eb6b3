namespace Radiomics.Pipeline.Tests.Retention;

/// <summary>Histories as a test gives them.</summary>
internal sealed class KnownHistories : IHistories
{
    public HashSet<string> UploadsUnderWay { get; } = [];

    public HashSet<string> CentersUnderWay { get; } = [];

    public List<EndedInstance> Ended { get; } = [];

    public List<string> Deleted { get; } = [];

    public Task<UnderWay> UnderWayAsync(CancellationToken cancellation) => Task.FromResult(new UnderWay(UploadsUnderWay, new HashSet<string>(), CentersUnderWay));

    public IAsyncEnumerable<EndedInstance> EndedAsync(CancellationToken cancellation) => Ended.ToAsyncEnumerable();

    public Task DeleteAsync(string id, CancellationToken cancellation)
    {
        Deleted.Add(id);
        return Task.CompletedTask;
    }
}
