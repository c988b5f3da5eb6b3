using System.Text.Json;

namespace Radiomics.Pipeline;

/// <summary>Reads what may be broken: a blob that can't be read stays, and stops nothing else.</summary>
internal sealed class TolerantReader(BlobStore store)
{
    /// <summary>Blobs that couldn't be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Some JSON, and whether it could be read; null if the blob isn't there.</summary>
    public Task<(T? Value, bool IsReadable)> TryReadAsync<T>(string container, string name, CancellationToken cancellation)
        where T : class => TryReadAsync(() => store.TryReadJsonAsync<T>(container, name, cancellation));

    /// <summary>The same of what somebody else reads.</summary>
    public async Task<(T? Value, bool IsReadable)> TryReadAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return (await read(), true);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            Unreadable++;
            return (null, false);
        }
    }
}
