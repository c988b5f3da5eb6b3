using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace SampleApp;

/// <summary>Blob triggers, of events and of scans. What a zip says decides what becomes of its call.</summary>
public sealed class BlobFunctions(Calls calls)
{
    [Function("OnZip")]
    public async Task ZipAsync(
        [BlobTrigger("%Container%/{center}/{name}.zip", Source = BlobTriggerSource.EventGrid, Connection = "SampleStorage")] BlobClient blob,
        string center, string name, CancellationToken cancellation)
    {
        var content = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToString();
        await calls.AddAsync("OnZip", $"{center}|{name}|{content}");
        switch (content)
        {
            case "bad":
                throw new InvalidOperationException("Content of the blob is bad.");
            case "crash once" when await calls.IsFirstAsync($"{center}/{name}"):
                Environment.Exit(3);
                break;
            case "hang once" when await calls.IsFirstAsync($"{center}/{name}"):
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
        }
    }

    /// <summary>A folder is complete when this blob appears.</summary>
    [Function("OnReady")]
    public Task ReadyAsync([BlobTrigger("%Container%/{folder}/_ready", Source = BlobTriggerSource.EventGrid, Connection = "SampleStorage")] string content, string folder) =>
        calls.AddAsync("OnReady", $"{folder}|{content}");

    /// <summary>Of a kind that the host sends no events for: what comes here was sent by a test.</summary>
    [Function("OnData")]
    public Task DataAsync([BlobTrigger("%Container%/{name}.data", Source = BlobTriggerSource.EventGrid, Connection = "SampleStorage")] byte[] content, string name) =>
        calls.AddAsync("OnData", $"{name}|{Convert.ToHexString(content)}");

    [Function("OnText")]
    public async Task TextAsync([BlobTrigger("%Container%/{name}.txt")] string text, string name)
    {
        await calls.AddAsync("OnText", $"{name}|{text}");
        if (text == "bad")
            throw new InvalidOperationException("Content of the blob is bad.");
    }

    [Function("OnBytes")]
    public Task BytesAsync([BlobTrigger("%Container%/{name}.bin")] byte[] bytes) => calls.AddAsync("OnBytes", Convert.ToHexString(bytes));

    [Function("OnStream")]
    public async Task StreamAsync([BlobTrigger("%Container%/{name}.stream")] Stream stream)
    {
        using var reader = new StreamReader(stream);
        await calls.AddAsync("OnStream", await reader.ReadToEndAsync());
    }

    [Function("OnClient")]
    public async Task ClientAsync([BlobTrigger("%Container%/{name}.client")] BlobClient blob) =>
        await calls.AddAsync("OnClient", $"{blob.Name}|{(await blob.DownloadContentAsync()).Value.Content}");
}
