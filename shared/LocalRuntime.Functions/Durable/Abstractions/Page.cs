namespace Microsoft.DurableTask;

/// <summary>One page of a long list.</summary>
/// <param name="values">The page's items.</param>
/// <param name="continuationToken">What to ask for the next page; null after the last.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>The page's items.</summary>
    public IReadOnlyList<T> Values { get; } = values;

    /// <summary>What to ask for the next page; null after the last.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
