using System.Security.Cryptography;
using Radiomics.Cli.Extract.Maps;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary><c>radiomics extract --batch</c>: many cases, some at a time, one row each in the order of the list.</summary>
internal sealed class BatchExtraction(ExtractionSettings settings, int jobs, Terminal terminal)
{
    private readonly int _threads = Math.Max(1, Environment.ProcessorCount / jobs);
    private Dictionary<string, OldRow> _old = [];

    /// <summary>Folder with a folder of maps for each case; null: none are written.</summary>
    public string? MapsFolder { get; init; }

    /// <summary>How far beyond the ROI maps go, mm; null: the whole image.</summary>
    public double? MapsMargin { get; init; }

    /// <summary>Bytes that a case may take; null: its share of what the machine or container has.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Extracts all cases into <paramref name="output"/> (.csv or .jsonl). Bad cases get a row with their error.</summary>
    /// <returns>Exit code: bad input if any case failed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<BatchCase> cases, string output, bool resume, CancellationToken cancellation)
    {
        if (!resume && File.Exists(output))
        {
            throw new CommandException(ExitCodes.Usage, "OutputExists", "The output file is there already; go on with it by --resume, or name another one.");
        }

        if (!resume && MapsFolder is not null)
        {
            MapFolder.EnsureEmpty(MapsFolder);
        }

        IBatchFormat format = output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? new WideCsvFormat(settings)
            : new JsonLinesFormat(settings.ComputeHash());
        using var file = BatchFile.Open(output, resume);
        if (file.Beginning.Length > 0 && !file.Beginning.Span.StartsWith(format.Signature))
        {
            throw new CommandException(ExitCodes.Usage, "OutputNotOurs", "The output file is there already and isn't the output of a batch; name another one.");
        }

        _old = format.OldRows(file.OldLines);
        var (extracted, reused, failed) = (0, 0, 0);
        await new BatchProgress(terminal, cases.Count).RunAsync(async progress =>
        {
            await foreach (var row in RowsAsync(cases, cancellation))
            {
                foreach (var line in format.Lines(row))
                {
                    file.Append(line.Span);
                }

                (extracted, reused, failed) = row switch
                {
                    { Error: not null } => (extracted, reused, failed + 1),
                    { Old: not null } => (extracted, reused + 1, failed),
                    _ => (extracted + 1, reused, failed),
                };
                progress.Done(row);
            }
        });
        foreach (var line in format.LastLines())
        {
            file.Append(line.Span);
        }

        file.Finish();
        Report(output, extracted, reused, failed);
        return failed == 0 ? ExitCodes.Ok : ExitCodes.BadInput;
    }

    /// <summary>The rows in the order of the cases. At most <c>jobs</c> cases are in memory, and a few finished rows wait for one before them.</summary>
    private async IAsyncEnumerable<BatchRow> RowsAsync(
        IReadOnlyList<BatchCase> cases, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(jobs);
        var pending = new Queue<Task<BatchRow>>();
        foreach (var one in cases)
        {
            await slots.WaitAsync(cancellation);
            pending.Enqueue(Task.Run(() =>
            {
                try
                {
                    return Row(one, cancellation);
                }
                finally
                {
                    slots.Release();
                }
            }, CancellationToken.None));
            while (pending.Count > 4 * jobs || (pending.Count > 0 && pending.Peek().IsCompleted))
            {
                yield return await pending.Dequeue();
            }
        }

        while (pending.Count > 0)
        {
            yield return await pending.Dequeue();
        }
    }

    private BatchRow Row(BatchCase one, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var key = IBatchFormat.Key(one.Name, one.ImageText, one.MaskText, JsonLinesFormat.Label(one.Files.Label));
            if (_old.TryGetValue(key, out var old) && HasMaps(one) && IsOf(old, one.Files))
            {
                return new(one, old, null, null);
            }

            using var maps = MapsFolder is null ? null : MapFolder.Within(MapsFolder, one.Name, MapsMargin);
            var extracted = one.Files.Read(() => settings).Extract(_threads, cancellation, maps, MaxMemory ?? Share());
            maps?.Finish();
            return new(one, null, extracted, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(one, null, null, CommandError.From(exception));
        }
    }

    private long? Share() => jobs > 1 ? GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes / jobs : null;

    private bool HasMaps(BatchCase one) => MapsFolder is null || Directory.Exists(MapFolder.PathOf(MapsFolder, one.Name));

    private static bool IsOf(OldRow old, NiftiCase files) =>
        Sha256(files.Image) == old.ImageSha256
        && Sha256(files.Mask) == old.MaskSha256
        && (files.ReferenceMask is { } reference ? Sha256(reference) : null) == old.ReferenceMaskSha256;

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private void Report(string output, int extracted, int reused, int failed)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Cases = extracted + reused + failed, extracted, reused, failed, Out = output });
        }
        else
        {
            terminal.WriteLine($"{output}: {extracted} extracted, {reused} as before, {failed} failed; settings {settings.Name} ({settings.ComputeHash()[..12]}…), engine {FeatureExtractor.EngineVersion}");
        }
    }
}
