using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Configuration;

namespace SampleApp;

/// <summary>A call of a function, as a test reads it.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="What">What it was called with.</param>
/// <param name="Process">The worker that it ran in.</param>
public sealed record Call(string Function, string What, int Process);

/// <summary>
/// Tells the tests, which are another process, what was called: a line of JSON each in the append blob <c>calls</c>, in the container beside the
/// watched one.
/// </summary>
public sealed class Calls(IConfiguration configuration)
{
    private readonly BlobContainerClient _container =
        new(configuration["AzureWebJobsStorage"], configuration["Container"] + "-calls", new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));

    private AppendBlobClient Log => _container.GetAppendBlobClient("calls");

    /// <summary>Tells of a call. It is written when this returns.</summary>
    public async Task AddAsync(string function, string what)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new Call(function, what, Environment.ProcessId), JsonSerializerOptions.Web);
        try
        {
            await AppendAsync([.. line, (byte)'\n']);
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            await _container.CreateIfNotExistsAsync();
            await Log.CreateIfNotExistsAsync();
            await AppendAsync([.. line, (byte)'\n']);
        }
    }

    /// <summary>Whether nothing has asked for this key before, in this process or another.</summary>
    public async Task<bool> IsFirstAsync(string key)
    {
        try
        {
            await _container.CreateIfNotExistsAsync();
            await _container.GetBlobClient($"marks/{key}").UploadAsync(
                BinaryData.FromString(""), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } });
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task AppendAsync(byte[] line)
    {
        using var content = new MemoryStream(line);
        await Log.AppendBlockAsync(content);
    }
}
