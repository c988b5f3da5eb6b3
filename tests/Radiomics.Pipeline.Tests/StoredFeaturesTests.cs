using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests;

public sealed class StoredFeaturesTests
{
    [Fact]
    public void Everything_of_a_vector_comes_back_from_its_blob()
    {
        var grid = new VolumeGeometry { SizeX = 5, SizeY = 4, SizeZ = 3, SpacingX = 1, SpacingY = 1, SpacingZ = 2 };
        var vector = FeatureExtractor.Extract(
            new Volume(grid, [.. Enumerable.Range(0, grid.Count).Select(i => i * 7 % 13 / 3f)]),
            new Mask(grid, [.. Enumerable.Range(0, grid.Count).Select(i => (byte)(i is 7 or 8 ? 1 : 0))]),
            ExtractionSettingsFile.Load("bench-liver"));
        Assert.NotEmpty(vector.Undefined);
        Assert.NotEmpty(vector.Diagnostics);
        var stored = new StoredFeatures { Center = "A", StudyUid = "2.25.1", Sequence = "T1_W", VolumeSha256 = "v", RoiSha256 = "r", Vector = vector };

        var bytes = BlobStore.Json(stored);
        var read = BlobStore.Parse<StoredFeatures>(bytes).Vector;

        Assert.Equal(vector.Features, read.Features);
        Assert.Equal(vector.Diagnostics, read.Diagnostics);
        Assert.Equal(vector.Undefined, read.Undefined);
        Assert.Equal(vector.SettingsHash, read.Settings.ComputeHash());
        Assert.Equal(vector.EngineVersion, read.EngineVersion);
        Assert.Equal(bytes.ToArray(), BlobStore.Json(stored with { Vector = read }).ToArray());
    }
}
