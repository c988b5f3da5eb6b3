using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary>Where a study goes and where its prediction is asked for.</summary>
internal sealed class SubmitDestination : IAsyncDisposable
{
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

    /// <summary>Sends a study: through storage if there is an account, else by HTTP. Returns the prediction's id and the blob, if it went to storage.</summary>
    public async Task<(string Id, string? Blob)> SendAsync(string center, string name, Study study, Action<string> progress, CancellationToken cancellation)
    {
        if (_account is null)
        {
            progress("sending");
            return (await _service!.PostAsync(center, study, cancellation), null);
        }

        var length = Math.Max(study.Length, 1);
        var steps = new Progress<long>(sent => progress($"uploading {sent * 100 / length / 10 * 10} %"));
        await using var zip = File.OpenRead(study.ZipPath);
        return (await _account.UploadAsync(center, name, zip, study.Sha256, steps, cancellation), $"{Containers.Incoming}/{center}/{name}");
    }

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
