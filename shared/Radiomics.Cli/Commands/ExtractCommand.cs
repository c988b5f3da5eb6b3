using System.CommandLine;
using Radiomics.Cli.Extract;
using Radiomics.Cli.Extract.Batch;
using Radiomics.Cli.Extract.Maps;
using Radiomics.Cli.Extract.Preview;
using Radiomics.Cli.Output;
using Radiomics.Cli.PyRadiomics;
using Radiomics.Extraction;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics extract</c>: features without any service, from NIfTI or from a DICOM study.</summary>
public static class ExtractCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var options = new ExtractOptions();
        var command = new Command("extract", "Extracts features from a NIfTI image and mask, or from a DICOM study with ROI; JSON, CSV, or a table.");
        options.AddTo(command, host);
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            if (parsed.GetValue(options.Batch) is { } list)
            {
                return await FromListAsync(list, options, parsed, terminal, cancellation);
            }

            var path = parsed.GetRequiredValue(options.Image)!;
            var report = ExtractOptions.IsStudy(path)
                ? FromStudy(path, options, parsed, terminal, cancellation)
                : FromNifti(path, options, parsed, terminal, cancellation);
            await report.WriteAsync(terminal, parsed.GetValue(options.Csv), parsed.GetValue(options.Out), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static ExtractionReport FromNifti(string path, ExtractOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var theirs = options.PyRadiomics.Chosen(parsed);
        var source = options.Files.Case(parsed, path, parsed.GetValue(options.Mask)!, theirs);
        var regions = source.ReadAll(() =>
        {
            var settings = theirs?.Settings ?? ExtractionSettingsFile.Load(parsed.GetValue(options.Settings) ?? "liver-mri");
            RequireFolder(settings, options, parsed);
            return settings;
        });
        if (source.Labels.AreMany)
        {
            if (parsed.GetValue(options.WriteMaps) is { } parent)
            {
                MapFolder.EnsureEmpty(parent);
            }

            return new(Case(path, options, parsed), null, [.. regions.Select(region => FromRegion(region, options, parsed, terminal, cancellation))], []) { IsByLabel = true };
        }

        var read = regions.First();
        if (parsed.GetValue(options.Preview) is { } preview)
        {
            // Drawn whole first, so that a case that can't be drawn leaves no file.
            using var png = new MemoryStream();
            PreviewPicture.Write(png, read.Image, read.Roi);
            File.WriteAllBytes(preview, png.ToArray());
        }

        using var maps = parsed.GetValue(options.WriteMaps) is { } folder ? MapFolder.Create(folder, parsed.GetValue(options.MapsMargin)) : null;
        return new(Case(path, options, parsed), null, [Extract(read, "maps", maps, options, parsed, terminal, cancellation)], []);
    }

    /// <summary>One of several regions of a mask; an error says which it is.</summary>
    private static ExtractedSequence FromRegion(ReadNiftiCase region, ExtractOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            using var maps = parsed.GetValue(options.WriteMaps) is { } folder ? MapFolder.Within(folder, $"label {region.Label}", parsed.GetValue(options.MapsMargin)) : null;
            return Extract(region, $"maps of label {region.Label}", maps, options, parsed, terminal, cancellation);
        }
        catch (RadiomicsException e)
        {
            throw new RadiomicsException(e.Code, $"Label {region.Label}: {e.Detail}", e);
        }
    }

    private static ExtractedSequence Extract(ReadNiftiCase region, string what, MapFolder? maps, ExtractOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var extracted = options.PyRadiomics.InTheirWords(parsed, () => MapsProgress.Run(
            terminal, region.Settings, what, progress => region.Extract(Threads(options, parsed), cancellation, maps, options.Files.MaxMemoryBytes(parsed), progress)));
        maps?.Finish();
        return extracted;
    }

    private static Task<int> FromListAsync(string list, ExtractOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var theirs = options.PyRadiomics.Chosen(parsed);
        var settings = theirs?.Settings ?? ExtractionSettingsFile.Load(parsed.GetValue(options.Settings) ?? "liver-mri");
        RequireFolder(settings, options, parsed);
        var cases = BatchCase.ReadAll(list, options.Files.Labels(parsed, theirs?.Label), parsed.GetValue(options.Files.ReferenceMask), options.Files.Complete(parsed, theirs));
        return new BatchExtraction(settings, parsed.GetValue(options.Jobs) ?? Environment.ProcessorCount, terminal)
        {
            MapsFolder = parsed.GetValue(options.WriteMaps),
            MapsMargin = parsed.GetValue(options.MapsMargin),
            MaxMemory = options.Files.MaxMemoryBytes(parsed),
            Words = options.PyRadiomics.Words(parsed),
        }
            .RunAsync(cases, parsed.GetValue(options.Out)!, parsed.GetValue(options.Resume), cancellation);
    }

    private static ExtractionReport FromStudy(
        string path, ExtractOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var settings = options.PyRadiomics.Chosen(parsed)?.Settings ?? (parsed.GetValue(options.Settings) is { } named ? ExtractionSettingsFile.Load(named) : null);
        RequireFolder(settings, options, parsed);
        return options.PyRadiomics.InTheirWords(parsed, () => StudyExtraction.Run(
            path,
            StudyExtraction.Profile(parsed.GetValue(options.Profile), parsed.GetRequiredValue(options.Center)),
            settings,
            Case(path, options, parsed),
            Threads(options, parsed),
            parsed.GetValue(options.WriteMaps) is { } folder ? (folder, parsed.GetValue(options.MapsMargin)) : null,
            options.Files.MaxMemoryBytes(parsed),
            terminal,
            cancellation));
    }

    /// <summary>Maps of features need a place to go to.</summary>
    private static void RequireFolder(ExtractionSettings? settings, ExtractOptions options, ParseResult parsed)
    {
        if (parsed.GetValue(options.WriteMaps) is null)
        {
            PyRadiomicsOptions.RefuseMaps(settings, "which need a folder: name it by --write-maps, or leave the section out for the features of the ROI alone");
        }
    }

    private static int Threads(ExtractOptions options, ParseResult parsed) => parsed.GetValue(options.Threads) ?? Environment.ProcessorCount;

    private static string Case(string path, ExtractOptions options, ParseResult parsed)
    {
        if (parsed.GetValue(options.Case) is { } given)
        {
            return given;
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        foreach (var ending in (ReadOnlySpan<string>)[".nii.gz", ".img.gz", ".seg.nrrd", ".nii", ".hdr", ".img", ".nrrd", ".nhdr", ".mha", ".mhd", ".zip"])
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }
}
