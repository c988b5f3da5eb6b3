using System.IO.Compression;
using System.Text;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>Whether anything that tells whose study it is has got to where it must not be.</summary>
internal static class IdentityTraces
{
    // Those keep what was sent, as it was sent; and the host's receipts name the blobs, as in Azure.
    private static readonly string[] s_theirs = [Containers.Incoming, Containers.Requests, Containers.Uploads, Containers.Quarantine, "azure-webjobs-hosts"];

    /// <summary>Looks through every container of the account but those that keep what was sent, the queues, what host and app have printed, and some histories.</summary>
    public static async Task AssertAbsentAsync(Service service, IReadOnlyList<string> traces, IEnumerable<string> instances)
    {
        var searched = 0;
        await foreach (var container in service.Blobs.GetBlobContainersAsync())
        {
            foreach (var blob in await service.NamesAsync(container.Name, ""))
            {
                // The reason that lies beside a quarantined copy is ours.
                if (s_theirs.Contains(container.Name) && !blob.EndsWith("/reason.json", StringComparison.Ordinal))
                {
                    continue;
                }

                // Another test may purge a history meanwhile, and the blobs that belong to it.
                var bytes = await service.TryReadAsync(container.Name, blob) ?? [];
                var text = blob + "\n" + Encoding.Latin1.GetString(Unzipped(bytes));
                Assert.All(traces, trace => Assert.DoesNotContain(trace, text, StringComparison.OrdinalIgnoreCase));
                searched++;
            }
        }

        await foreach (var queue in service.Queues.GetQueuesAsync())
        {
            foreach (var message in (await service.Queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
            {
                Assert.All(traces, trace => Assert.DoesNotContain(trace, message.Body.ToString(), StringComparison.OrdinalIgnoreCase));
            }
        }

        Assert.True(searched > 20, "There should have been more blobs to search.");
        Assert.All(traces, trace => Assert.DoesNotContain(trace, service.Logs, StringComparison.OrdinalIgnoreCase));
        foreach (var instance in instances)
        {
            var history = (await service.TryInstanceAsync(instance)).ToString();
            Assert.All(traces, trace => Assert.DoesNotContain(trace, history, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static byte[] Unzipped(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return bytes;
        }

        using var source = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }
}
