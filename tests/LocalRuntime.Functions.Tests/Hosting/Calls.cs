using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LocalRuntime.Functions.Tests.Hosting;

/// <summary>What the functions of a test were called with, to be awaited by the test.</summary>
public sealed class Calls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _all = new();

    public IReadOnlyList<string> All => [.. _all];

    public void Add(string call)
    {
        _all.Enqueue(call);
        _calls.Writer.TryWrite(call);
    }

    /// <summary>The next call that wasn't taken yet.</summary>
    public async Task<string> NextAsync() => await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
}
