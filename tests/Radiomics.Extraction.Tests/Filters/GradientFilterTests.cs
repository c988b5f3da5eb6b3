namespace Radiomics.Extraction.Tests;

public class GradientFilterTests
{
    [Fact]
    public void The_response_is_the_length_of_the_central_differences()
    {
        var d = NaiveFilters.Noise((21, 6, 5), (1.2, 0.9, 3), new(2, 0, 1, 19, 6, 4));
        var expected = NaiveFilters.Map(d, (x, y, z) => Math.Sqrt(
            Math.Pow((Voxel(x + 1, y, z) - Voxel(x - 1, y, z)) / 2.4, 2)
            + Math.Pow((Voxel(x, y + 1, z) - Voxel(x, y - 1, z)) / 1.8, 2)
            + Math.Pow((Voxel(x, y, z + 1) - Voxel(x, y, z - 1)) / 6, 2)));
        NaiveFilters.AssertClose(expected, Apply(d), 1e-6);

        double Voxel(int x, int y, int z) => NaiveFilters.Mirrored(d, x, y, z);
    }

    [Fact]
    public void The_response_is_that_of_ITK()
    {
        // GradientMagnitudeImageFilter of ITK 5.2.
        float[] expected = [41.59001f, 52.25962f, 33.11391f, 19.1188f, 21.14261f, 19.1188f, 41.84366f, 19.1188f, 37.59479f, 25.29439f, 38.73709f];
        var map = Apply(TestVolumes.Sawtooth());
        Assert.All(expected, (v, i) => Assert.Equal(v, map[31 * i], 1e-4));
    }

    private static float[] Apply(FilterDomain d)
    {
        var map = new float[d.Output.Count];
        GradientFilter.Apply(d, map);
        return map;
    }
}
