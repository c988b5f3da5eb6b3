using System.Diagnostics;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Dicom.Phantom;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary>The demonstration: four synthetic studies through a service of its own.</summary>
internal sealed class Demonstration(CommandHost host, Terminal terminal, TimeSpan timeout)
{
    private static readonly PhantomSettings[] s_patients =
    [
        new() { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 18, Seed = 7 },
        new() { Center = "A", FieldStrength = "1.5T", LiverIronConcentration = 3, Seed = 8 },
        new() { Center = "B", FieldStrength = "3.0T", LiverIronConcentration = 12, Seed = 9 },
        new() { Center = "B", FieldStrength = "1.5T", LiverIronConcentration = 2, Seed = 10 },
    ];

    private readonly ProgressBoard _board = new(terminal, [.. s_patients.Select(p => $"{p.Center} {p.FieldStrength}")]);

    /// <summary>Starts everything, predicts, verifies the audit. The service is stopped unless <paramref name="serve"/> keeps it.</summary>
    /// <param name="options">How storage and service are started.</param>
    /// <param name="serve">Called with the running service once the result is there; the service ends when it returns.</param>
    public async Task<int> RunAsync(LocalStackOptions options, Func<LocalStack, Task>? serve, CancellationToken cancellation)
    {
        // The processes start while the first study is made.
        var starting = LocalStack.StartAsync(options, _board.Note, cancellation);
        try
        {
            var result = await _board.RunAsync(() => PredictAsync(starting, cancellation));
            result.Write(terminal);
            if (serve is not null)
            {
                await serve(await starting);
            }

            return result.AuditIntact ? ExitCodes.Ok : ExitCodes.Failed;
        }
        finally
        {
            await StopAsync(starting);
        }
    }

    private static async Task StopAsync(Task<LocalStack> starting)
    {
        try
        {
            await (await starting).DisposeAsync();
        }
        catch (Exception) when (!starting.IsCompletedSuccessfully)
        {
            // It never ran, has cleaned up behind itself, and its reason is on its way to the user.
        }
    }

    private async Task<DemonstrationResult> PredictAsync(Task<LocalStack> starting, CancellationToken cancellation)
    {
        var waiting = new List<Task<DemonstrationStudy>>();
        for (var i = 0; i < s_patients.Length; i++)
        {
            _board.Set(i, "making the study");
            var zip = await Task.Run(() => MakeAsync(s_patients[i]), cancellation).WaitAsync(cancellation);
            if (!starting.IsCompleted)
            {
                _board.Set(i, "waiting for the service");
            }

            var stack = await starting;
            _board.Set(i, "uploading");
            waiting.Add(await UploadAsync(i, stack, zip, cancellation));
        }

        var studies = await Task.WhenAll(waiting);
        var account = await StorageAccount.OpenAsync((await starting).ConnectionString, cancellation);
        var audit = new AuditInspection(account.Store, await ServiceAudit.TrustAsync(host, account, [], cancellation));
        return new DemonstrationResult(studies, await audit.OfAllAsync(cancellation).ToListAsync(cancellation));
    }

    private static async Task<byte[]> MakeAsync(PhantomSettings patient)
    {
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(patient), patient, zip);
        return zip.ToArray();
    }

    /// <summary>Uploads; the task it returns is done when the prediction is there.</summary>
    private async Task<Task<DemonstrationStudy>> UploadAsync(int index, LocalStack stack, byte[] zip, CancellationToken cancellation)
    {
        var patient = s_patients[index];
        var account = await StorageAccount.OpenAsync(stack.ConnectionString, cancellation);
        var id = await account.UploadAsync(patient.Center, $"demo-{patient.FieldStrength}.zip", new BinaryData(zip), cancellation);
        _board.Set(index, "uploaded");
        return WatchAsync(index, stack, id, cancellation);
    }

    private async Task<DemonstrationStudy> WatchAsync(int index, LocalStack stack, string id, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var center = s_patients[index].Center;
        using var service = new ServiceClient(stack.BaseUrl);
        var status = await stack.WhileRunningAsync(
            running => PredictionWatch.WaitAsync(token => service.GetAsync(center, id, token), seen => _board.Set(index, seen), timeout, running),
            cancellation);
        if (status.Prediction is not { Model: { } model } prediction)
        {
            var error = status.Error ?? new PredictionError("NoModel", "The study was read, but no model answered.");
            throw new CommandException(ExitCodes.Failed, error.Code, $"The study {center} {s_patients[index].FieldStrength} failed: {error.Detail}");
        }

        return new DemonstrationStudy(
            prediction.Center,
            prediction.FieldStrength ?? "unknown",
            model.Sequence,
            $"{model.Center}/{model.FieldStrength}/{model.Version}",
            prediction.Probability!.Value,
            prediction.Decision!.Value,
            Math.Round(clock.Elapsed.TotalSeconds, 1),
            $"{Containers.Predictions}/{center}/by-id/{id}.json");
    }
}
