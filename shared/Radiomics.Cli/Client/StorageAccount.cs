using System.Net.Sockets;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The storage account as a hospital's client uses it: upload a study, read what became of it.</summary>
public sealed class StorageAccount
{
    /// <summary>Azurite on its usual ports.</summary>
    public const string Development = "UseDevelopmentStorage=true";

    private readonly BlobServiceClient _service;

    private StorageAccount(BlobServiceClient service)
    {
        _service = service;
        Store = new BlobStore(service);
        Records = new ServedRecords(Store, KnownAuditKeys.Unpinned);
        Reports = new StoredReports(Store, Records, new ReportPages(Store, new WorkingMemory(new RadiomicsOptions()), ToolPages.Instance));
    }

    /// <summary>Whether the account is on this machine.</summary>
    public bool IsLocal => _service.Uri.IsLoopback;

    /// <summary>The account as the pipeline sees it.</summary>
    public BlobStore Store { get; }

    /// <summary>Opens an account.</summary>
    /// <exception cref="CommandException"><c>InvalidConnection</c>: not a connection string; <c>Unreachable</c>: an account on this machine that doesn't answer.</exception>
    public static async Task<StorageAccount> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var service = Parse(connectionString);
        return await AnswersAsync(service, cancellation)
            ? new StorageAccount(service)
            : throw new CommandException(
                ExitCodes.Unreachable,
                "Unreachable",
                $"No storage account answers at {service.Uri.GetLeftPart(UriPartial.Authority)}; start Azurite there, or name another account with --connection or RadiomicsStorage.");
    }

    /// <summary>Its answers, held against its audit trail, whatever key vouches for that: <c>radiomics audit verify</c> compares keys.</summary>
    public ServedRecords Records { get; }

    /// <summary>The reports of its answers.</summary>
    public StoredReports Reports { get; }

    /// <summary>Who writes there, for the audit: the account that the tool runs under. Storage knows who that is to it, and its log tells.</summary>
    internal static string Actor { get; } = $"tool:{Environment.UserName}";

    /// <summary>Whether an account on this machine answers; of others it is assumed.</summary>
    public static Task<bool> AnswersAsync(string connectionString, CancellationToken cancellation) => AnswersAsync(Parse(connectionString), cancellation);

    /// <summary>Uploads a study that is in memory to <c>incoming/{center}/{name}</c>. Returns the id of the prediction that it starts.</summary>
    /// <param name="center">The center.</param>
    /// <param name="name">Blob name below the center; ends in <c>.zip</c>.</param>
    /// <param name="zip">The study.</param>
    public async Task<string> UploadAsync(string center, string name, BinaryData zip, CancellationToken cancellation)
    {
        await Store.EnsureContainersAsync(Containers.Incoming);
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/zip" } };
        await Store.Blob(Containers.Incoming, $"{center}/{name}").UploadAsync(zip, options, cancellation);
        return PredictionId.OfUpload(UploadId.OfZip(center, name, Digest.Of(zip)));
    }

    /// <summary>
    /// Uploads a study in blocks, or what is missing of it, to <c>incoming/{center}/{name}</c>. Returns the id of the prediction that it starts, or that these bytes have as a request's body.
    /// </summary>
    /// <param name="center">The center.</param>
    /// <param name="name">Blob name below the center; ends in <c>.zip</c>.</param>
    /// <param name="study">The study.</param>
    /// <param name="progress">Told how many bytes are up.</param>
    public async Task<string> UploadAsync(string center, string name, Study study, IProgress<long>? progress, CancellationToken cancellation)
    {
        await Store.EnsureContainersAsync(Containers.Incoming);
        var blob = $"{center}/{name}";
        await new BlockUpload(study.ZipPath, study.Md5, OpenAsync, progress).RunAsync(cancellation);
        try
        {
            return await new ContentClaims(Store, new UploadStore(Store)).PredictionIdAsync(center, name, study.Sha256);
        }
        catch (RequestFailedException e) when (e.Status == 403)
        {
            // Who may upload needn't be let into receipts.
            return PredictionId.OfUpload(UploadId.OfZip(center, name, study.Sha256));
        }

        async Task<BlockTarget> OpenAsync(CancellationToken token)
        {
            var staged = await Store.StagedBlocksAsync(Containers.Incoming, blob, token);
            return new BlockTarget(Store.Container(Containers.Incoming).GetBlockBlobClient(blob), staged.Select(block => block.Name).ToHashSet(), Until: null);
        }
    }

    /// <summary>The final status of a prediction; null as long as there is none.</summary>
    /// <exception cref="AlteredException">There is one, and it isn't the one that was published.</exception>
    public async Task<PredictionStatus?> GetAsync(string center, string id, CancellationToken cancellation)
    {
        return await Records.TryGetAsync(center, id, cancellation) ?? await Records.TryGetAsync(Containers.System, id, cancellation);
    }

    private static BlobServiceClient Parse(string connectionString)
    {
        try
        {
            return StorageClients.Create(connectionString);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new CommandException(ExitCodes.Usage, "InvalidConnection", "The connection string of the storage account can't be read.", exception);
        }
    }

    private static async Task<bool> AnswersAsync(BlobServiceClient service, CancellationToken cancellation)
    {
        if (!service.Uri.IsLoopback)
        {
            return true;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(service.Uri.Host, service.Uri.Port, patience.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
