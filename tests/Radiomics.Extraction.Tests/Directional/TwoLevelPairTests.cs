namespace Radiomics.Extraction.Tests;

/// <summary>A symmetric GLCM with one cell off the diagonal, which stands for two.</summary>
public class TwoLevelPairTests
{
    [Fact]
    public void A_pair_of_two_levels_has_a_joint_entropy_of_one_bit()
    {
        var geometry = new VolumeGeometry { SizeX = 2, SizeY = 1, SizeZ = 1, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var settings = new ExtractionSettings { Name = "pair", Families = [FeatureFamily.Glcm], Texture = new() { Aggregations = [Aggregation.Averaged3D] } };
        var features = FeatureExtractor.Extract(new(geometry, [1, 2]), new(geometry, [1, 1]), settings).Features;
        Assert.Equal(1, features["cm_joint_entr_3D_avg"]!.Value, 12);
        Assert.Equal(-1, features["cm_info_corr1_3D_avg"]!.Value, 12);
    }
}
