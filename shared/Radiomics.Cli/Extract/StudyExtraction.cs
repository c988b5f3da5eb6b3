using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Radiomics.Cli.Client;
using Radiomics.Cli.Extract.Maps;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Extract;

/// <summary>Features of a DICOM study with its own ROI, read as a center's profile says.</summary>
internal static class StudyExtraction
{
    /// <summary>Extracts every sequence of the study at <paramref name="path"/>, a folder or a zip.</summary>
    public static ExtractionReport Run(
        string path,
        CenterProfile profile,
        ExtractionSettings? settings,
        string name,
        int maxThreads,
        (string Folder, double? Margin)? maps,
        long? maxMemory,
        Terminal terminal,
        CancellationToken cancellation)
    {
        if (maps is { Folder: var parent })
        {
            MapFolder.EnsureEmpty(parent);
        }

        settings ??= ExtractionSettingsFile.Load(profile.Settings);

        // No UID leaves this command, so a key of the moment does.
        var key = new UidKey(RandomNumberGenerator.GetBytes(32));
        using var local = new LocalStudy(path);
        var study = Read(local.Source, profile.Ingest, key);
        var sequences = new List<ExtractedSequence>();
        foreach (var sequence in study.Sequences)
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Note($"{sequence.Name}: {sequence.RoiVolumeMl.ToString("F1", CultureInfo.InvariantCulture)} ml from {sequence.RoiSource}");
            using var folder = maps is { } wanted ? MapFolder.Within(wanted.Folder, sequence.Name, wanted.Margin) : null;
            var options = new ExtractionOptions { MaxThreads = maxThreads, Cancellation = cancellation, Maps = folder, MaxMemory = maxMemory };
            var vector = MapsProgress.Run(
                terminal, settings, $"maps of {sequence.Name}", progress => FeatureExtractor.Extract(sequence.Volume, sequence.Roi, settings, options with { Progress = progress }));
            folder?.Finish();
            sequences.Add(new ExtractedSequence(
                sequence.Name, vector, Hash(stream => NiftiFile.Write(stream, sequence.Volume)), Hash(stream => NiftiFile.Write(stream, sequence.Roi)), null));
        }

        return new ExtractionReport(name, study.FieldStrength, sequences, [.. study.Warnings]);
    }

    /// <summary>A profile from a file, or of a known center or a kind of research.</summary>
    public static CenterProfile Profile(string? path, string center) =>
        path is not null ? ReadProfile(path)
        : ShippedProfiles.OfResearch(center) is { } file ? ReadProfile(file)
        : ShippedProfiles.Read().Get(center);

    private static IngestedStudy Read(IStudySource source, IngestRules rules, UidKey key)
    {
        try
        {
            return StudyReader.Read(source, rules, key, new IngestRequest());
        }
        catch (RadiomicsException e) when (e.Code == "WrongModality" && rules.Modality == ImageModality.Mr)
        {
            throw new RadiomicsException(e.Code, $"{e.Detail} CT is read with --center research-ct, PET with --center research-pet.", e);
        }
    }

    private static CenterProfile ReadProfile(string path)
    {
        var json = File.ReadAllBytes(path);
        try
        {
            return CenterProfileFile.Load(json, ShippedProfiles.Folder);
        }
        catch (JsonException exception)
        {
            throw new RadiomicsException("InvalidProfile", $"The center profile can't be read at {JsonSentence.Of(exception, json)}", exception);
        }
    }

    private static string Hash(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}
