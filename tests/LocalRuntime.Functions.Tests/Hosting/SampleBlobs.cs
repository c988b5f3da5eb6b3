using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests.Hosting;

public sealed class SampleBlobs(Calls calls)
{
    [Function("OnZip")]
    public async Task ZipAsync(
        [BlobTrigger("%Container%/{center}/{name}.zip", Source = BlobTriggerSource.EventGrid, Connection = "RadiomicsStorage")] BlobClient blob,
        string center, string name, FunctionContext context, CancellationToken cancellation)
    {
        var content = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToString();
        calls.Add($"{center}|{name}|{content}");
        if (content == "bad")
            throw new InvalidOperationException("bad content in " + context.BindingContext.BindingData["BlobTrigger"]);
    }

    [Function("OnText")]
    public void Text([BlobTrigger("%Container%/{name}.txt")] string text, string name) => calls.Add($"{name}|{text}");

    [Function("OnBytes")]
    public void Bytes([BlobTrigger("%Container%/{name}.bin")] byte[] bytes) => calls.Add(Convert.ToHexString(bytes));

    [Function("OnStream")]
    public async Task StreamAsync([BlobTrigger("%Container%/{name}.stream")] Stream stream) =>
        calls.Add(await new StreamReader(stream).ReadToEndAsync());
}
