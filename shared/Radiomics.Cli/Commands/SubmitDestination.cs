using Azure;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary>Where a study goes and where its prediction is asked for.</summary>
internal sealed class SubmitDestination : IAsyncDisposable
{
    private static readonly long s_maxBodyBytes = new RadiomicsOptions().MaxRequestBytes;

    private LocalStack? _stack;
    private StorageAccount? _account;
    private ServiceClient? _service;

    /// <summary>Whether everything was started for this command and ends with it.</summary>
    public bool IsTemporary => _stack is not null;

    /// <summary>A storage account (and the service on it, if one is known), or a service alone.</summary>
    public static SubmitDestination Existing(StorageAccount? account, ServiceClient? service) => new() { _account = account, _service = service };

    /// <summary>Storage emulator and service, started for this command.</summary>
    public static async Task<SubmitDestination> StartAsync(LocalStackOptions options, Action<string> note, CancellationToken cancellation)
    {
        var stack = await LocalStack.StartAsync(options, note, cancellation);
        return new SubmitDestination
        {
            _stack = stack,
            _account = await StorageAccount.OpenAsync(stack.ConnectionString, cancellation),
            _service = new ServiceClient(stack.BaseUrl),
        };
    }

    /// <summary>Runs <paramref name="work"/>; if the service was started for this command, that it ends meanwhile is the error.</summary>
    public Task<T> WhileRunningAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        _stack is null ? work(cancellation) : _stack.WhileRunningAsync(work, cancellation);

    /// <summary>
    /// Sends a study in blocks: with an account straight into it, else to where the service says. What an earlier try has sent isn't sent again. Returns the prediction's id
    /// and, unless it went through the service itself, the blob.
    /// </summary>
    /// <exception cref="CommandException"><c>StorageUnreachable</c>: the service's account can't be reached from here, and the study is too large for the service itself.</exception>
    public async Task<(string Id, string? Blob)> SendAsync(string center, string name, Study study, Action<string> progress, CancellationToken cancellation)
    {
        var blob = $"{center}/{name}";
        var steps = new Tenths(study.Length, progress);
        if (_account is not null)
        {
            return (await _account.UploadAsync(center, name, study, steps, cancellation), $"{Containers.Incoming}/{blob}");
        }

        // These very bytes may lie there already.
        var expected = PredictionId.OfUpload(UploadId.OfZip(center, name, study.Sha256));
        if (await _service!.PostBlobAsync(center, blob, cancellation) == expected)
        {
            return (expected, $"{Containers.Incoming}/{blob}");
        }

        try
        {
            await new BlockUpload(study.ZipPath, study.Md5, GrantAsync, steps).RunAsync(cancellation);
        }
        catch (Exception e) when (IsUnreachable(e))
        {
            if (study.Length > s_maxBodyBytes)
            {
                throw new CommandException(
                    ExitCodes.Unreachable,
                    "StorageUnreachable",
                    $"The service's storage account can't be reached from here, and the service itself takes no more than {s_maxBodyBytes / 1_000_000} MB: send from a machine in its network. The same command goes on where this one stopped.",
                    e);
            }

            progress("sending to the service, since its storage can't be reached from here");
            return (await _service.PostAsync(center, study, cancellation), null);
        }

        return await _service.PostBlobAsync(center, blob, cancellation) is { } id
            ? (id, $"{Containers.Incoming}/{blob}")
            : throw new CommandException(ExitCodes.Failed, "BlobNotFound", "The study was uploaded, and then was gone. Send it again.");

        async Task<BlockTarget> GrantAsync(CancellationToken token)
        {
            var grant = await _service.GrantUploadAsync(center, name, token);
            return new BlockTarget(StorageClients.Create(grant.Url), grant.StagedBlocks.Select(block => block.Id).ToHashSet(), grant.ExpiresAt);
        }
    }

    /// <summary>Whether the account doesn't answer, or (as behind a closed network) lets nobody in from here.</summary>
    private static bool IsUnreachable(Exception e) => e switch
    {
        RequestFailedException { Status: 0 or 403 } => true,
        AggregateException { InnerException: { } inner } => IsUnreachable(inner),
        _ => false,
    };

    /// <summary>Asks for the prediction once: the service, then the storage account.</summary>
    public async Task<PredictionStatus?> GetAsync(string center, string id, CancellationToken cancellation) =>
        (_service is null ? null : await _service.GetAsync(center, id, cancellation))
        ?? (_account is null ? null : await _account.GetAsync(center, id, cancellation));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _service?.Dispose();
        if (_stack is not null)
        {
            await _stack.DisposeAsync();
        }
    }
}
