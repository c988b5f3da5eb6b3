using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>
/// A run on a handful of voxels, while the command line is being read and the files are being inflated and a core has nothing to do: what the runtime does
/// when code runs for the first time is done when the real voxels come. Its result goes nowhere.
/// </summary>
internal static class WarmUp
{
    private const int Size = 4;

    private static readonly FeatureFamily[] s_families =
    [
        FeatureFamily.Morphology, FeatureFamily.Statistics, FeatureFamily.Histogram, FeatureFamily.Glcm, FeatureFamily.Glrlm, FeatureFamily.Glszm,
        FeatureFamily.Gldzm, FeatureFamily.Ngtdm, FeatureFamily.Ngldm,
    ];

    /// <summary>Begins, in the background; the process doesn't wait for it.</summary>
    public static void Start() => new Thread(Run) { IsBackground = true }.Start();

    private static void Run()
    {
        try
        {
            ExtractFew();
        }
        catch (Exception)
        {
            // What is wrong shows in the run itself, with a code and a sentence.
        }
    }

    private static void ExtractFew()
    {
        var grid = new VolumeGeometry { SizeX = Size, SizeY = Size, SizeZ = Size, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var (voxels, inside) = (new float[grid.Count], new byte[grid.Count]);
        for (var i = 0; i < voxels.Length; i++)
        {
            (voxels[i], inside[i]) = (i % 5, 1);
        }

        var settings = new ExtractionSettings
        {
            Name = "warm-up",
            Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 4 },
            Families = s_families,
        };
        var features = FeatureExtractor.Extract(new(grid, voxels), new(grid, inside), settings, new() { MaxThreads = 1 });
        using var json = new Utf8JsonWriter(Stream.Null, RadiomicsJson.WriterOptions(indented: false));
        json.WriteStartObject();
        json.WriteNumber("value", features.Features["stat_mean"]!.Value);
        json.WriteEndObject();
    }
}
