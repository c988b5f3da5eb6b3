using Radiomics.Cli.Extract.Maps;
using Radiomics.Cli.Images;
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

    /// <summary>How an error is told.</summary>
    public Func<Exception, Exception> Words { get; init; } = exception => exception;

    /// <summary>Extracts all cases into <paramref name="output"/> (.csv or .jsonl). Bad cases get a row with their error.</summary>
    /// <returns>Exit code: bad input if any case failed.</returns>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>: maps are wanted, and two cases have one name.</exception>
    public async Task<int> RunAsync(IReadOnlyList<BatchCase> cases, string output, bool resume, CancellationToken cancellation)
    {
        if (!resume && File.Exists(output))
        {
            throw new CommandException(ExitCodes.Usage, "OutputExists", "The output file is there already; go on with it by --resume, or name another one.");
        }

        if (MapsFolder is not null && cases.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(named => named.Count() > 1) is { } same)
        {
            throw new RadiomicsException(
                "InvalidCases", $"--write-maps has a folder for each case, and the name '{same.Key}' stands for {same.Count()}: give each a name of its own, in a column 'case'.");
        }

        if (!resume && MapsFolder is not null)
        {
            MapFolder.EnsureEmpty(MapsFolder);
        }

        IBatchFormat format = output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? new WideCsvFormat(settings, [.. cases[0].Others.Select(other => other.Column)])
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
            await foreach (var rows in RowsAsync(cases, cancellation))
            {
                foreach (var row in rows)
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
                }

                progress.Done(rows);
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
    private async IAsyncEnumerable<IReadOnlyList<BatchRow>> RowsAsync(
        IReadOnlyList<BatchCase> cases, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(jobs);
        var pending = new Queue<Task<IReadOnlyList<BatchRow>>>();
        foreach (var one in cases)
        {
            await slots.WaitAsync(cancellation);
            pending.Enqueue(Task.Run(() =>
            {
                try
                {
                    return Rows(one, cancellation);
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

    /// <summary>A row for each region: those of an earlier run that hold still, and the others.</summary>
    private IReadOnlyList<BatchRow> Rows(BatchCase one, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (one.Files.Labels.Written is { Count: > 0 } written && written.Select(label => Old(one, label)).ToList() is var known && known.TrueForAll(old => old is not null) && IsOf(known, one.Files))
            {
                return [.. written.Select((label, i) => new BatchRow(one, label, known[i], null, null))];
            }

            return [.. one.Files.ReadAll(() => settings).Select(region => Row(one, region, cancellation))];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var error = CommandError.From(Words(exception));
            return one.Files.Labels.Written is { Count: > 0 } written
                ? [.. written.Select(label => new BatchRow(one, label, null, null, error))]
                : [new(one, one.Files.Labels.Text, null, null, error)];
        }
    }

    private BatchRow Row(BatchCase one, ReadNiftiCase region, CancellationToken cancellation)
    {
        try
        {
            if (Old(one, region.Label) is { } old && region.IsOf(old.ImageSha256, old.MaskSha256, old.ReferenceMaskSha256))
            {
                return new(one, region.Label, old, null, null);
            }

            using var maps = MapsFolder is null ? null : MapFolder.Within(MapsFolder, MapsName(one, region.Label), MapsMargin);
            var extracted = region.Extract(_threads, cancellation, maps, MaxMemory ?? CaseOptions.ShareOfMemory(jobs));
            maps?.Finish();
            return new(one, region.Label, null, extracted, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(one, region.Label, null, null, CommandError.From(Words(exception)));
        }
    }

    /// <summary>The row of an earlier run, with its maps if they are wanted; its inputs may have changed since.</summary>
    private OldRow? Old(BatchCase one, string? label)
    {
        var key = IBatchFormat.Key(one.Name, one.ImageText, one.MaskText, label, one.Files.Reading, one.Others.Select(other => other.Text));
        return _old.TryGetValue(key, out var old) && (MapsFolder is null || Directory.Exists(MapFolder.PathOf(MapsFolder, MapsName(one, label)))) ? old : null;
    }

    private static string MapsName(BatchCase one, string? label) => one.Files.Labels.AreMany ? $"{one.Name} label {label}" : one.Name;

    private static bool IsOf(List<OldRow?> old, NiftiCase files)
    {
        var image = ImageParts.Find(files.Image).Sha256();
        var mask = ImageParts.Find(files.Mask).Sha256();
        var reference = files.ReferenceMask is { } path ? ImageParts.Find(path).Sha256() : null;
        return old.TrueForAll(row => (row!.ImageSha256, row.MaskSha256, row.ReferenceMaskSha256) == (image, mask, reference));
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
